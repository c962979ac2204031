package dev.chandlery.bench.servers;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;

/** Helidon's web server, which has a virtual thread for each connection. */
final class HelidonServer {
    private final Served served;

    private HelidonServer(Served served) {
        this.served = served;
    }

    public static void main(String... args) {
        Served served = Served.of(args);
        WebServer.builder()
                .host(Served.HOST)
                .port(served.port())
                .routing(r -> r.any(new HelidonServer(served)::handle))
                .build()
                .start();
    }

    private void handle(ServerRequest request, ServerResponse response) throws IOException {
        response.header(HeaderNames.CONTENT_TYPE, Served.TYPE);
        response.header(HeaderNames.create(Served.DIGEST_FIELD), Served.DIGEST);
        if (request.prologue().method().text().equals("PUT")) {
            try (InputStream body = request.content().inputStream()) {
                response.send(Served.digestOf(body));
            }
        } else if (request.path().rawPath().equals(Served.FILE)) {
            response.contentLength(Files.size(served.file()));
            try (OutputStream body = response.outputStream()) {
                Files.copy(served.file(), body);
            }
        } else {
            response.send(Served.fixed());
        }
    }
}
