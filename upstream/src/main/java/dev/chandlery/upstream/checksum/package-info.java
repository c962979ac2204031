/**
 * Checksum files as upstreams publish them: in the form of GNU, of BSD, or a bare digest.
 *
 * <p>Entry point: {@link dev.chandlery.upstream.checksum.ChecksumFile}, which reads bytes that anyone may have
 * written. Nothing is fetched here.
 */
@NullMarked
package dev.chandlery.upstream.checksum;

import org.jspecify.annotations.NullMarked;
