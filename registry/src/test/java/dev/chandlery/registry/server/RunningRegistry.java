package dev.chandlery.registry.server;

import dev.chandlery.registry.http.PortChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A registry on a free port, and a client that knows it. */
record RunningRegistry(RegistryServer server, PlainClient client) implements AutoCloseable {

    static RunningRegistry start(Path folder) {
        return start(folder, ServerOptions.loopback(PortChoice.ANY));
    }

    static RunningRegistry start(Path folder, ServerOptions options) {
        try {
            StorageLock lock = StorageLock.tryTake(folder.toRealPath()).orElseThrow();
            RegistryServer server = RegistryServer.start(lock, options);
            return new RunningRegistry(server, PlainClient.of(server.address()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PlainClient.Call call(String method, String target) {
        return client.call(method, target);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
