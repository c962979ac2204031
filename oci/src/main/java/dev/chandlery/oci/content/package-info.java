/**
 * Roles of content stores: small interfaces that memory, an OCI layout on disk and a remote repository
 * all play. Optional powers are asked for by methods that return {@code Optional}, so that wrappers can
 * forward them. All methods block and throw {@link dev.chandlery.oci.OciException}.
 */
@NullMarked
package dev.chandlery.oci.content;

import org.jspecify.annotations.NullMarked;
