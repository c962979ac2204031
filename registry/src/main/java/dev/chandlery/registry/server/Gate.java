package dev.chandlery.registry.server;

import dev.chandlery.registry.http.HttpHandler;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets requests wait until the registry behind it is ready, so that it listens before that. */
final class Gate implements HttpHandler {
    private static final int PATIENCE_SECONDS = 30;
    private static final int UNAVAILABLE = 503;

    private final CountDownLatch opened = new CountDownLatch(1);
    private volatile @Nullable HttpHandler behind;

    /** Lets all through to that one. */
    void open(HttpHandler handler) {
        behind = handler;
        opened.countDown();
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        HttpHandler handler = await();
        return handler == null
                ? HttpResponse.of(UNAVAILABLE).with("Retry-After", "1")
                : handler.handle(request);
    }

    @Override
    public HttpResponse refuse(int status, String reason) {
        HttpHandler handler = behind;
        return handler == null ? HttpResponse.of(status) : handler.refuse(status, reason);
    }

    private @Nullable HttpHandler await() {
        try {
            if (!opened.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return null;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return behind;
    }
}
