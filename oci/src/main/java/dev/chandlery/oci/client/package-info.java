/**
 * The registry client: OCI Distribution v1.1 over {@link dev.chandlery.oci.http.HttpTransport}. Start at
 * {@link dev.chandlery.oci.client.RemoteRegistry}; a
 * {@link dev.chandlery.oci.client.RemoteRepository} plays the roles of
 * {@code dev.chandlery.oci.content}.
 *
 * <p>Registries are taken to be hostile and to differ: what one can do is probed and remembered for as
 * long as its object lives, never guessed by its name.
 */
@NullMarked
package dev.chandlery.oci.client;

import org.jspecify.annotations.NullMarked;
