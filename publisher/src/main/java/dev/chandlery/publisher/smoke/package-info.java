/** Runs what was packed, where this machine can, and looks whether it is the version that it is published as. */
@NullMarked
package dev.chandlery.publisher.smoke;

import org.jspecify.annotations.NullMarked;
