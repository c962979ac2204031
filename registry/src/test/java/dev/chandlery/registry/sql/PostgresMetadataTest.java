package dev.chandlery.registry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.registry.metadata.ManifestPush;
import dev.chandlery.registry.metadata.ManifestRecord;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.PushOutcome;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.metadata.Requirement;
import dev.chandlery.registry.metadata.SessionRecord;
import dev.chandlery.registry.metadata.TagCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL must do beyond SQLite: processes that write at the same time, here two stores. */
final class PostgresMetadataTest {
    private static final RepositoryName REPOSITORY = new RepositoryName("a");
    private static final int WRITERS = 8;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Recorded RECORDED = new Recorded(NOW, "me");

    private PostgresSettings settings;
    private MetadataStore one;
    private MetadataStore other;

    @BeforeEach
    void open() {
        settings = PostgresServer.database();
        one = PostgresMetadata.open(settings);
        other = PostgresMetadata.open(settings);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void movesATagForOneOfManyThatExpectTheSameState() throws Exception {
        Digest first = manifest(0);
        push(one, first, new TagCondition.Absent());
        AtomicInteger moved = new AtomicInteger();
        inParallel(n -> {
            if (push(n % 2 == 0 ? one : other, manifest(n), new TagCondition.PointsAt(
                    first)) instanceof PushOutcome.Stored) {
                moved.incrementAndGet();
            }
        });
        assertThat(moved).hasValue(1);
    }

    @Test
    void createsATagForOneOfManyInARepositoryThatIsNew() throws Exception {
        AtomicInteger made = new AtomicInteger();
        inParallel(n -> {
            if (push(n % 2 == 0 ? one : other, manifest(n),
                    new TagCondition.Absent()) instanceof PushOutcome.Stored) {
                made.incrementAndGet();
            }
        });
        assertThat(made).hasValue(1);
    }

    @Test
    void makesNoRepositoryForARefusedPush() {
        ManifestPush push = push(manifest(1), List.of(new Requirement(blob(manifest(2)), 1)),
                new TagCondition.Any());
        assertThat(one.manifests().push(REPOSITORY, push, RECORDED, () -> {}))
                .isInstanceOf(PushOutcome.ContentMissing.class);
        assertThat(other.repositories().exists(REPOSITORY)).isFalse();
    }

    @Test
    void listsInTheOrderOfBytes() {
        List<Tag> tags = List.of("Z", "_x", "a", "a-b", "a.b", "ab")
                .stream()
                .map(Tag::new)
                .toList();
        ManifestPush push = new ManifestPush(record(manifest(1)), List.of(), List.of(), tags,
                new TagCondition.Any());
        one.manifests().push(REPOSITORY, push, RECORDED, () -> {});
        assertThat(other.tags().list(REPOSITORY, new Page("", 10))).containsExactlyElementsOf(tags);
        assertThat(other.tags().list(REPOSITORY, new Page("a", 2))).containsExactly(new Tag("a-b"),
                new Tag("a.b"));
    }

    @Test
    void letsNobodyRecordContentThatIsBeingCollected() throws Exception {
        Digest digest = manifest(1);
        AtomicInteger bytes = new AtomicInteger(1);
        one.sessions().create(new SessionRecord("x", REPOSITORY, "me", NOW), 10, 10);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> recording = new ArrayList<>();
            one.ifUnused(digest, () -> {
                recording.add(threads.submit(() -> other.sessions()
                        .finish(new SessionRecord("x", REPOSITORY, "me", NOW), new Requirement(blob(
                                digest), 1), RECORDED, () -> bytes.compareAndSet(0, 2))));
                awaitWaitingLock();
                bytes.set(0);
            });
            recording.getFirst().get();
        }
        assertThat(bytes).as("placed again, as the collection took them").hasValue(2);
        assertThat(other.blobs().find(REPOSITORY, digest)).hasValue(1);
        one.ifUnused(digest, () -> bytes.set(0));
        assertThat(bytes).hasValue(2);
    }

    @Test
    void saysThatItDoesNotAnswer() {
        PostgresSettings nowhere = new PostgresSettings("jdbc:postgresql://127.0.0.1:1/x", "me",
                "a secret", 1);
        assertThatThrownBy(() -> PostgresMetadata.open(nowhere))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("cannot open registry metadata postgresql://127.0.0.1:1/x")
                .hasMessageNotContaining("secret");
    }

    private void awaitWaitingLock() {
        SqlDatabase database = ((SqlMetadata) one).database();
        while (database.read(h -> h.createQuery(
                "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                .mapTo(Integer.class)
                .one()) == 0) {
            Thread.onSpinWait();
        }
    }

    private interface Step {
        void take(int n);
    }

    private static void inParallel(Step step) throws ExecutionException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> running = IntStream.rangeClosed(1, WRITERS)
                    .mapToObj(n -> threads.submit(() -> step.take(n)))
                    .toList();
            for (Future<?> future : running) {
                future.get();
            }
        }
    }

    private static PushOutcome push(MetadataStore store, Digest manifest, TagCondition condition) {
        return store.manifests()
                .push(REPOSITORY, push(manifest, List.of(), condition), RECORDED,
                        () -> {});
    }

    private static ManifestPush push(Digest manifest, List<Requirement> required,
            TagCondition condition) {
        return new ManifestPush(record(manifest), required, required.stream()
                .map(Requirement::key)
                .toList(), List.of(new Tag("v1")), condition);
    }

    private static ManifestRecord record(Digest digest) {
        return new ManifestRecord(digest, new MediaType("application/vnd.example+json"), 1, null,
                null, "{}");
    }

    private static NodeKey blob(Digest digest) {
        return new NodeKey(digest, NodeKey.Kind.BLOB);
    }

    private static Digest manifest(int n) {
        return Bytes.ofUtf8("manifest " + n).digest();
    }
}
