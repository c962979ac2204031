/**
 * HTTP for registries and upstreams, which are taken to be hostile: {@link dev.chandlery.oci.http.HttpTransport}
 * sends a {@link dev.chandlery.oci.http.HttpCall} and gives a {@link dev.chandlery.oci.http.HttpReply}.
 *
 * <p>Credentials are bound to an origin, redirects are followed by hand, private addresses are refused
 * where the user did not name them, and time, size and count of everything read are bounded. OkHttp is
 * not to be seen outside of this package.
 */
@NullMarked
package dev.chandlery.oci.http;

import org.jspecify.annotations.NullMarked;
