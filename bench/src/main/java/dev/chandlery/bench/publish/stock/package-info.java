/** Releases as upstreams have them, made of real programs' bytes. */
@NullMarked
package dev.chandlery.bench.publish.stock;

import org.jspecify.annotations.NullMarked;
