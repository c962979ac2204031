/**
 * Who the client is to a registry: {@link dev.chandlery.oci.client.auth.CredentialProvider} knows what users were
 * given, from Docker's configuration and helpers or by themselves;
 * {@link dev.chandlery.oci.client.auth.Authorizer} answers a registry's challenges with it and keeps its tokens.
 * Credentials go to the registry they are for, and to the token server it names, and nowhere else.
 */
@NullMarked
package dev.chandlery.oci.client.auth;

import org.jspecify.annotations.NullMarked;
