/** Values of the OCI specifications, content roles and stores, the registry client. */
@NullMarked
package dev.chandlery.oci;

import org.jspecify.annotations.NullMarked;
