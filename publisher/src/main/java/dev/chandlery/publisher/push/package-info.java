/** Pushes artifacts that were packed: blobs, then the manifest over them. */
@NullMarked
package dev.chandlery.publisher.push;

import org.jspecify.annotations.NullMarked;
