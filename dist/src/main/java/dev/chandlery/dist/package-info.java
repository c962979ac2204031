/** The programs put together. */
@NullMarked
package dev.chandlery.dist;

import org.jspecify.annotations.NullMarked;
