package dev.chandlery.registry.http;

import java.io.IOException;

/** Answers requests; called on a virtual thread of its own for each, so it may block. */
@FunctionalInterface
public interface HttpHandler {

    /**
     * The answer; never null, and failures of ours are answers too.
     *
     * @throws IOException when the client's body ends early: there is nobody left to answer
     */
    HttpResponse handle(HttpRequest request) throws IOException;

    /**
     * The answer to a request that the server itself refuses before it reaches {@link #handle}, such as a
     * malformed request line.
     *
     * @param status what the server decided
     * @param reason one line
     */
    default HttpResponse refuse(int status, String reason) {
        return HttpResponse.of(status);
    }
}
