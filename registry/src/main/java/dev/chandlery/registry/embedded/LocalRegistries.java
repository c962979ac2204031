package dev.chandlery.registry.embedded;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.embedded.RegistryHandle;
import dev.chandlery.registry.blob.DurableFiles;
import dev.chandlery.registry.collect.CollectionReport;
import dev.chandlery.registry.collect.CollectionRequest;
import dev.chandlery.registry.collect.GarbageCollector;
import dev.chandlery.registry.collect.LockFiles;
import dev.chandlery.registry.collect.Progress;
import dev.chandlery.registry.collect.Removed;
import dev.chandlery.registry.server.Announcement;
import dev.chandlery.registry.server.ReadOnlyServer;
import dev.chandlery.registry.server.RegistryStorage;
import dev.chandlery.registry.server.StorageSettings;
import dev.chandlery.registry.upload.UploadLimits;
import dev.chandlery.registry.upload.UploadSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The registries of this machine's folders; what one process opens several times, it serves once. */
public final class LocalRegistries implements EmbeddedRegistry {
    private static final ConcurrentHashMap<Path, SharedRegistry> OPEN = new ConcurrentHashMap<>();

    private final Clock clock;

    /** By the system's clock; for {@code ServiceLoader}. */
    public LocalRegistries() {
        this(Clock.systemUTC());
    }

    private LocalRegistries(Clock clock) {
        this.clock = clock;
    }

    @Override
    public EmbeddedRegistry withClock(InstantSource other) {
        return new LocalRegistries(other.withZone(ZoneOffset.UTC));
    }

    @Override
    public RegistryHandle open(Path storage) {
        Path folder = make(storage);
        while (true) {
            SharedRegistry shared = OPEN.computeIfAbsent(folder, path -> new SharedRegistry(path,
                    clock));
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

    @Override
    public Collected collect(Path storage, Collecting what) {
        if (!Files.isDirectory(storage)) {
            return new Collected(0, 0, List.of());
        }
        try (RegistryStorage opened = RegistryStorage.open(StorageSettings.inFolder(make(
                storage)), clock)) {
            UploadSessions sessions = new UploadSessions(opened.metadata().sessions(), opened
                    .blobs(), UploadLimits.DEFAULTS, clock);
            CollectionReport report = new GarbageCollector(opened.metadata(), opened.blobs(),
                    sessions, clock).collect(new CollectionRequest(what.grace(), what
                            .untaggedAfter()
                            .orElse(null), LockFiles.read(what.locked()), false),
                            new UntilInterrupted());
            long things = report.uploads().count() + report.manifests().count() + report.blobs()
                    .count() + report.content().count();
            return new Collected(things, report.content().bytes(), List.copyOf(report.skipped()));
        }
    }

    private static final class UntilInterrupted implements Progress {
        @Override
        public boolean isStopped() {
            return Thread.currentThread().isInterrupted();
        }

        @Override
        public void removed(Removed what) {
            // the report has the sums
        }
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
