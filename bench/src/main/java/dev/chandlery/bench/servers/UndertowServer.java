package dev.chandlery.bench.servers;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.io.IoCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Undertow; as what a registry does may block, all is dispatched to its pool of workers. */
final class UndertowServer {
    private final Served served;

    private UndertowServer(Served served) {
        this.served = served;
    }

    public static void main(String... args) {
        Served served = Served.of(args);
        UndertowServer server = new UndertowServer(served);
        Undertow.builder()
                .addHttpListener(served.port(), Served.HOST)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setHandler(exchange -> exchange.dispatch(() -> server.handle(exchange)))
                .build()
                .start();
    }

    private void handle(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, Served.TYPE);
        exchange.getResponseHeaders().put(new HttpString(Served.DIGEST_FIELD), Served.DIGEST);
        exchange.startBlocking();
        try {
            if (exchange.getRequestMethod().toString().equals("PUT")) {
                exchange.getResponseSender()
                        .send(ByteBuffer.wrap(Served.digestOf(exchange
                                .getInputStream())));
            } else if (exchange.getRequestPath().equals(Served.FILE)) {
                FileChannel file = FileChannel.open(served.file());
                exchange.addExchangeCompleteListener((_, next) -> {
                    close(file);
                    next.proceed();
                });
                exchange.setResponseContentLength(file.size());
                exchange.getResponseSender().transferFrom(file, IoCallback.END_EXCHANGE);
            } else {
                exchange.getResponseSender().send(ByteBuffer.wrap(Served.fixed()));
            }
        } catch (IOException _) {
            exchange.endExchange();
        }
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
