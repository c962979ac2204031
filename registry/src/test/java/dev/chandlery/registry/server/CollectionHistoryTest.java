package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.registry.access.RepositoryPattern;
import dev.chandlery.registry.collect.CheckListener;
import dev.chandlery.registry.collect.CollectionRequest;
import dev.chandlery.registry.collect.Finding;
import dev.chandlery.registry.collect.GarbageCollector;
import dev.chandlery.registry.collect.Progress;
import dev.chandlery.registry.collect.Retention;
import dev.chandlery.registry.collect.RetentionListener;
import dev.chandlery.registry.collect.RetentionPolicy;
import dev.chandlery.registry.collect.RetentionRequest;
import dev.chandlery.registry.collect.StorageCheck;
import dev.chandlery.registry.upload.UploadLimits;
import dev.chandlery.registry.upload.UploadSessions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random histories of pushes, attachments, mounts and deletes, while collections without any grace time and
 * retention go on beside the registry: what was acknowledged and named stays, and what is served has all its
 * content served.
 */
final class CollectionHistoryTest {
    private static final long SEED = 2_026;
    private static final int WRITERS = 3;
    private static final int STEPS = 30;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(value = StorageKind.class, names = {"FILES_AND_SQLITE", "S3_AND_POSTGRES"})
    void keepsWhatIsNamedAndServesOnlyWhatIsComplete(StorageKind kind) throws Exception {
        StorageSettings storage = kind.make(folder);
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger rounds = new AtomicInteger();
        List<RandomWriter> writers = new ArrayList<>();
        try (RunningRegistry registry = RunningRegistry.start(storage);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> collecting = threads.submit(() -> {
                while (!ended.get()) {
                    collect(storage);
                    rounds.incrementAndGet();
                }
            });
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                RandomWriter writer = new RandomWriter(registry, "w" + i, SEED + i);
                writers.add(writer);
                writing.add(threads.submit(() -> writer.run(STEPS)));
            }
            try {
                for (Future<?> writer : writing) {
                    writer.get();
                }
            } finally {
                ended.set(true);
            }
            collecting.get();
            writers.forEach(RandomWriter::checkAll);
            assertThat(rounds.get()).as("collections meanwhile").isGreaterThan(1);
            assertThat(problems(storage)).as("seed " + SEED).isEmpty();
        }
    }

    private static void collect(StorageSettings storage) {
        try (RegistryStorage open = RegistryStorage.open(storage)) {
            Clock clock = Clock.systemUTC();
            RetentionPolicy policy = new RetentionPolicy(List.of(RepositoryPattern.parse(
                    RandomWriter.RETAINED)), 2, List.of(), null);
            new Retention(open.metadata(), clock).apply(new RetentionRequest(List.of(policy),
                    new TreeSet<>(), false), RetentionListener.SILENT);
            UploadSessions sessions = new UploadSessions(open.metadata().sessions(), open.blobs(),
                    UploadLimits.DEFAULTS, clock);
            new GarbageCollector(open.metadata(), open.blobs(), sessions, clock).collect(
                    new CollectionRequest(Duration.ZERO, Duration.ZERO, new TreeSet<>(), false),
                    Progress.SILENT);
        }
    }

    private static List<Finding> problems(StorageSettings storage) {
        List<Finding> problems = new ArrayList<>();
        CheckListener listener = finding -> {
            if (finding.isOpen()) {
                problems.add(finding);
            }
        };
        try (RegistryStorage open = RegistryStorage.open(storage)) {
            new StorageCheck(open.metadata(), open.blobs(), Clock.systemUTC()).run(false, listener);
        }
        return problems;
    }
}
