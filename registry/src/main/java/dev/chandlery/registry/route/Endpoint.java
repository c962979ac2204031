package dev.chandlery.registry.route;

import dev.chandlery.registry.http.HttpResponse;
import java.io.IOException;

/** One endpoint below a repository. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers the call.
     *
     * @throws dev.chandlery.registry.refusal.RefusedException for every answer that is an error
     * @throws IOException when the client's body breaks
     */
    HttpResponse answer(Call call) throws IOException;
}
