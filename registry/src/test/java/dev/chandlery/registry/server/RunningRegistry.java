package dev.chandlery.registry.server;

import dev.chandlery.oci.Digest;
import dev.chandlery.registry.http.PortChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A registry on a free port, and a client that knows it. */
record RunningRegistry(StorageSettings storage, RegistryServer server,
        PlainClient client) implements AutoCloseable {

    static RunningRegistry start(Path folder) {
        return start(folder, ServerOptions.loopback(PortChoice.ANY));
    }

    static RunningRegistry start(Path folder, ServerOptions options) {
        try {
            return start(StorageSettings.inFolder(folder.toRealPath()), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RunningRegistry start(StorageSettings storage) {
        return start(storage, ServerOptions.loopback(PortChoice.ANY));
    }

    private static RunningRegistry start(StorageSettings storage, ServerOptions options) {
        RegistryServer server = RegistryServer.start(options.withStorage(storage));
        return new RunningRegistry(storage, server, PlainClient.of(server.address()));
    }

    PlainClient.Call call(String method, String target) {
        return client.call(method, target);
    }

    /** Ids of uploads of which storage has something. */
    List<String> staged() {
        List<String> ids = new ArrayList<>();
        try (RegistryStorage open = RegistryStorage.open(storage)) {
            open.blobs().visitStagedBefore(later(), ids::add);
        }
        return ids;
    }

    /** What storage has, of whatever repository. */
    List<Digest> stored() {
        List<Digest> digests = new ArrayList<>();
        try (RegistryStorage open = RegistryStorage.open(storage)) {
            open.blobs().visitCommittedBefore(later(), digests::add);
        }
        return digests;
    }

    private static Instant later() {
        return Instant.now().plusSeconds(60);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
