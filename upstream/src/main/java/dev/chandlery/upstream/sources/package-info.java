/** Picks the kind of upstream that each tool has; start here. */
@NullMarked
package dev.chandlery.upstream.sources;

import org.jspecify.annotations.NullMarked;
