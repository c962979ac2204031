/** Tags that follow releases, and versions that upstream took back. */
@NullMarked
package dev.chandlery.publisher.tags;

import org.jspecify.annotations.NullMarked;
