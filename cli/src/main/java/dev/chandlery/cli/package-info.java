/** What all commands share. */
@NullMarked
package dev.chandlery.cli;

import org.jspecify.annotations.NullMarked;
