/** Checksums as upstreams publish them. */
@NullMarked
package dev.chandlery.upstream.checksum;

import org.jspecify.annotations.NullMarked;
