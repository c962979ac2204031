package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.access.RepositoryPattern;
import dev.chandlery.registry.collect.Finding;
import dev.chandlery.registry.collect.Graphs;
import dev.chandlery.registry.collect.Pace;
import dev.chandlery.registry.collect.Retention;
import dev.chandlery.registry.collect.RetentionListener;
import dev.chandlery.registry.collect.RetentionPolicy;
import dev.chandlery.registry.collect.RetentionRequest;
import dev.chandlery.registry.collect.Scrub;
import dev.chandlery.registry.collect.Served;
import dev.chandlery.registry.collect.StorageCheck;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repairs, scrubbing and retention work alike on all kinds of storage. */
final class UpkeepTest {
    private static final Bytes LAYER = Bytes.ofUtf8("layer");
    private static final Bytes STRAY = Bytes.ofUtf8("a stray blob");
    private static final Bytes IMAGE = Graphs.image(LAYER);

    @TempDir
    private Path folder;

    private static void push(RunningRegistry registry, String tag) {
        for (Bytes blob : List.of(Served.EMPTY, LAYER, STRAY)) {
            registry.client().pushBlob("a", blob);
        }
        registry.client().pushManifest("a", tag, Graphs.IMAGE, IMAGE);
    }

    private static List<Finding> check(RegistryStorage open, boolean repair) {
        List<Finding> found = new ArrayList<>();
        new StorageCheck(open.metadata(), open.blobs(), Clock.systemUTC()).run(repair, found::add);
        return found;
    }

    private static int status(RunningRegistry registry, Bytes blob) {
        return registry.call("GET", "/v2/a/blobs/" + blob.digest()).send().statusCode();
    }

    @ParameterizedTest
    @EnumSource
    void repairsWhatCanBe(StorageKind kind) throws SQLException {
        StorageSettings storage = kind.make(folder);
        try (RunningRegistry registry = RunningRegistry.start(storage);
                RegistryStorage open = RegistryStorage.open(storage)) {
            push(registry, "v1");
            assertThat(check(open, false)).isEmpty();
            open.blobs().remove(STRAY.digest(), Instant.now().plusSeconds(60));
            sql(storage, "UPDATE manifest SET indexed = 0, annotations = '{\"a\":\"b\"}'");
            sql(storage, "DELETE FROM manifest_reference");
            sql(storage, "DELETE FROM membership WHERE kind = 'MANIFEST'");
            sql(storage, "DELETE FROM membership WHERE digest = '" + LAYER.digest() + "'");
            assertThat(status(registry, LAYER)).isEqualTo(404);
            List<Finding> repaired = check(open, true);
            assertThat(repaired).extracting(Finding::kind)
                    .containsExactlyInAnyOrder(Finding.Kind.MISSING_MEMBERSHIP,
                            Finding.Kind.MISSING_REFERENCES, Finding.Kind.WRONG_RECORD,
                            Finding.Kind.MISSING_MEMBERSHIP, Finding.Kind.MISSING_BYTES);
            assertThat(repaired).noneMatch(Finding::isOpen);
            assertThat(check(open, false)).isEmpty();
            assertThat(status(registry, LAYER)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void movesRotAside(StorageKind kind) {
        StorageSettings storage = kind.make(folder);
        try (RunningRegistry registry = RunningRegistry.start(storage);
                RegistryStorage open = RegistryStorage.open(storage)) {
            push(registry, "v1");
            open.blobs().put(LAYER.digest(), Bytes.ofUtf8("rot"));
            List<Finding> found = new ArrayList<>();
            Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
            new Scrub(open.metadata(), open.blobs(), later).run(true, Pace.of(0), found::add);
            assertThat(found).hasSize(1);
            assertThat(found.getFirst().id()).isEqualTo(LAYER.digest().toString());
            assertThat(found.getFirst().outcome()).isEqualTo(Finding.Outcome.QUARANTINED);
            assertThat(found.getFirst().detail()).contains("; of a; moved to ", "quarantine/");
            assertThat(status(registry, LAYER)).isEqualTo(404);
            registry.client().pushBlob("a", LAYER);
            assertThat(status(registry, LAYER)).isEqualTo(200);
            assertThat(check(open, false)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesOldVersionsAway(StorageKind kind) throws SQLException {
        StorageSettings storage = kind.make(folder);
        try (RunningRegistry registry = RunningRegistry.start(storage);
                RegistryStorage open = RegistryStorage.open(storage)) {
            push(registry, "v1");
            Bytes newer = Graphs.image();
            sql(storage, "UPDATE tag SET recorded_at = recorded_at - 1000");
            Digest kept = registry.client().pushManifest("a", "v2", Graphs.IMAGE, newer);
            RetentionPolicy policy = new RetentionPolicy(List.of(RepositoryPattern.ALL), 1, List
                    .of(), null);
            assertThat(new Retention(open.metadata(), Clock.systemUTC()).apply(new RetentionRequest(
                    List.of(policy), new TreeSet<>(), false), RetentionListener.SILENT).count())
                    .isEqualTo(1);
            String tags = registry.call("GET", "/v2/a/tags/list").send().body();
            assertThat(tags).contains("v2").doesNotContain("v1");
            assertThat(registry.call("GET", "/v2/a/manifests/" + kept).send().statusCode())
                    .isEqualTo(200);
        }
    }

    private static void sql(StorageSettings storage, String statement) throws SQLException {
        try (Connection database = connect(storage);
                Statement change = database
                        .createStatement()) {
            change.executeUpdate(statement);
        }
    }

    private static Connection connect(StorageSettings storage) throws SQLException {
        return switch (storage.metadata()) {
            case StorageSettings.Metadata.Sqlite(var folder) -> DriverManager.getConnection(
                    "jdbc:sqlite:" + folder.resolve("metadata.db"));
            case StorageSettings.Metadata.Postgres(var database) -> DriverManager.getConnection(
                    database.url(), database.user(), database.password());
        };
    }
}
