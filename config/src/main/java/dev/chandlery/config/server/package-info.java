/**
 * {@code registry_server} of registry.yaml: how {@code registry serve} runs.
 *
 * <p>Entry point: {@link dev.chandlery.config.server.ServerSpec}, with every default filled in.
 */
@NullMarked
package dev.chandlery.config.server;

import org.jspecify.annotations.NullMarked;
