/** A published tool to files in a folder. */
@NullMarked
package dev.chandlery.manager.pull;

import org.jspecify.annotations.NullMarked;
