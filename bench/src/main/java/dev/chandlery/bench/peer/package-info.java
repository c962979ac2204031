/** The servers that are compared: how each is set up, started and filled. */
@NullMarked
package dev.chandlery.bench.peer;

import org.jspecify.annotations.NullMarked;
