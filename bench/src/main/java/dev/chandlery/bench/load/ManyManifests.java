package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Content;
import dev.chandlery.bench.peer.Site;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Pushes many manifests with an empty config and layer, several at a time. */
record ManyManifests(String repository, int count) {
    static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
    static final Content.Blob EMPTY_BLOB = Content.Blob.of(EMPTY);
    private static final int CONNECTIONS = 16;

    /** One of the manifests: under which name, and its bytes. */
    interface Source {
        String name(int number);

        byte[] manifest(int number);
    }

    void push(Site site, Source source) throws IOException, InterruptedException {
        String headers = site.login().headers(repository);
        try (Connection connection = Connection.open(site.address(), headers)) {
            Content.pushBlob(connection, repository, EMPTY_BLOB.digest(), ByteBuffer.wrap(EMPTY));
        }
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(threads.submit(() -> client(site, headers, next, source)));
            }
            for (Future<Integer> client : clients) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("cannot fill " + site.peer().name() + ": " + e.getMessage(),
                    e);
        }
    }

    private Integer client(Site site, String headers, AtomicInteger next, Source source)
            throws IOException {
        int pushed = 0;
        try (Connection connection = Connection.open(site.address(), headers)) {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                Content.pushManifest(connection, repository, source.name(i), source.manifest(i));
                pushed++;
            }
        }
        return pushed;
    }
}
