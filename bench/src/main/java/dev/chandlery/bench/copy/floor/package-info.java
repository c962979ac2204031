/** The least that a copy must send, and a program that sends just that. */
@NullMarked
package dev.chandlery.bench.copy.floor;

import org.jspecify.annotations.NullMarked;
