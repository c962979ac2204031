/** What a run may have under way at once: items, downloads, packing, connections to the registry. */
@NullMarked
package dev.chandlery.publisher.flow;

import org.jspecify.annotations.NullMarked;
