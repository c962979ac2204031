/**
 * The table of endpoints, headers and error codes of the OCI Distribution specification, shared by the
 * client and the embedded registry, which do not know each other.
 */
@NullMarked
package dev.chandlery.oci.api;

import org.jspecify.annotations.NullMarked;
