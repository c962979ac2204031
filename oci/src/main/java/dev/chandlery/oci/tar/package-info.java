/**
 * Tar archives, read at any place and written the same each time: {@link dev.chandlery.oci.tar.TarReader} finds
 * where entries lie, {@link dev.chandlery.oci.tar.TarEntry} writes their headers. For archives of OCI layouts, which
 * may be larger than memory and are never unpacked.
 */
@NullMarked
package dev.chandlery.oci.tar;

import org.jspecify.annotations.NullMarked;
