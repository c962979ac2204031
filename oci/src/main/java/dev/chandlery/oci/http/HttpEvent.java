package dev.chandlery.oci.http;

import java.time.Duration;
import java.util.OptionalLong;

/** Something that happened on the wire; each request and each hop of a redirect by itself. */
public sealed interface HttpEvent {

    /** Whom it was sent to. */
    Origin origin();

    /** The HTTP method. */
    String method();

    /**
     * The head of an answer came; its body is still to be read.
     *
     * @param status HTTP status
     * @param took from before the request was sent, its body included
     * @param sentBytes of the request's body
     * @param statedBytes of the answer's body, where it says
     */
    record Answered(Origin origin, String method, int status, Duration took, long sentBytes,
            OptionalLong statedBytes) implements HttpEvent {}

    /**
     * The other side wants fewer requests: 429, 503, or 403 with {@code Retry-After}.
     *
     * @param status HTTP status
     * @param pause that it asks for; zero when it does not say
     */
    record Throttled(Origin origin, String method, int status, Duration pause)
            implements
            HttpEvent {}

    /**
     * The request is sent again after a pause.
     *
     * @param attempt how many have failed, from 1
     */
    record Repeated(Origin origin, String method, int attempt) implements HttpEvent {}

    /**
     * The other side told how many requests it still allows: {@code X-RateLimit-Remaining} as GitHub sends
     * it, or {@code RateLimit-Remaining} as Docker Hub does.
     *
     * @param left in the present window
     * @param limit in each window; empty when it does not say
     */
    record Quota(Origin origin, String method, long left, OptionalLong limit)
            implements
            HttpEvent {}
}
