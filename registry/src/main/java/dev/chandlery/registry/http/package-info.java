/**
 * The small HTTP interface that the registry is written against, and the one place that knows the
 * server behind it ({@link dev.chandlery.registry.http.JettyHttpServer}). Requests and responses are
 * values; bodies are streams and channels, so that nothing large sits in memory. Another server takes
 * Jetty's place by implementing {@link dev.chandlery.registry.http.HttpServer}.
 */
@NullMarked
package dev.chandlery.registry.http;

import org.jspecify.annotations.NullMarked;
