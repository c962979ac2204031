package dev.chandlery.registry.embedded;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.embedded.RegistryHandle;
import dev.chandlery.registry.blob.DurableFiles;
import dev.chandlery.registry.server.Announcement;
import dev.chandlery.registry.server.ReadOnlyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The registries of this machine's folders; what one process opens several times, it serves once. */
public final class LocalRegistries implements EmbeddedRegistry {
    private static final ConcurrentHashMap<Path, SharedRegistry> OPEN = new ConcurrentHashMap<>();

    @Override
    public RegistryHandle open(Path storage) {
        Path folder = make(storage);
        while (true) {
            SharedRegistry shared = OPEN.computeIfAbsent(folder, SharedRegistry::new);
            Optional<RegistryHandle> handle = shared.enter(() -> OPEN.remove(folder, shared));
            if (handle.isPresent()) {
                return handle.get();
            }
        }
    }

    @Override
    public RegistryHandle openReadOnly(Path storage) {
        Optional<Announcement> running = Announcement.read(storage)
                .filter(Announcement::isAnswering);
        if (running.isPresent()) {
            return new Visit(running.get().address());
        }
        return new PrivateView(ReadOnlyServer.start(storage));
    }

    private static Path make(Path storage) {
        try {
            if (!Files.isDirectory(storage)) {
                DurableFiles.makeFolders(storage.toAbsolutePath());
            }
            return storage.toRealPath();
        } catch (IOException e) {
            throw new StorageException("cannot make registry storage " + storage + ": " + e
                    .getMessage(), e);
        }
    }

    /** Looks at a registry that somebody else runs. */
    private record Visit(Registry registry) implements RegistryHandle {
        @Override
        public boolean alreadyRunning() {
            return true;
        }

        @Override
        public void close() {
            // It is not ours to end.
        }
    }

    private record PrivateView(ReadOnlyServer server) implements RegistryHandle {
        @Override
        public Registry registry() {
            return server.address();
        }

        @Override
        public boolean alreadyRunning() {
            return false;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
