/** Measures the registry beside other servers; nothing here is part of the programs. */
@NullMarked
package dev.chandlery.bench;

import org.jspecify.annotations.NullMarked;
