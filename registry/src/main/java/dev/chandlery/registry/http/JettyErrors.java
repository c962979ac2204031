package dev.chandlery.registry.http;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty refuses by itself is answered in our error format, without a page or a stack trace. */
final class JettyErrors extends ErrorHandler {
    /** Of the 5xx, the one that is the client's failure. */
    private static final int HTTP_VERSION = 505;

    private final HttpHandler handler;

    JettyErrors(HttpHandler handler) {
        this.handler = handler;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        Object message = request.getAttribute(ERROR_MESSAGE);
        HttpResponse ours = handler.refuse(status, reason(status, message));
        JettyExchange.writeHead(ours, response);
        if (ours.body() instanceof ResponseBody.Whole(var bytes, var _)
                && !request.getMethod().toUpperCase(Locale.ROOT).equals("HEAD")) {
            response.write(true, ByteBuffer.wrap(bytes.toArray()), callback);
        } else {
            callback.succeeded();
        }
        return true;
    }

    // Jetty's text names what it refused in a client's request; of our own failures it tells nothing.
    private static String reason(int status, @Nullable Object message) {
        if (status == HTTP_VERSION) {
            return "cannot read request: expected HTTP/1.1 or HTTP/2";
        }
        return status < 500 && message != null
                ? "cannot read request: " + message
                : "cannot answer request: status " + status;
    }
}
