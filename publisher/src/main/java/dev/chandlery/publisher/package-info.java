/** Release to artifact to registry. */
@NullMarked
package dev.chandlery.publisher;

import org.jspecify.annotations.NullMarked;
