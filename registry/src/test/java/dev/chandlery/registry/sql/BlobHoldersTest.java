package dev.chandlery.registry.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.metadata.NameRange;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.metadata.Requirement;
import dev.chandlery.registry.metadata.SessionRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a blob, of those that one may ask about; the same in both databases. */
final class BlobHoldersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Digest SHARED = Bytes.ofUtf8("shared").digest();
    private static final Digest OTHER = Bytes.ofUtf8("other").digest();
    private static final int MANY = 600;

    @TempDir
    private Path folder;

    @Test
    void inSqlite() {
        try (MetadataStore store = SqliteMetadata.open(folder)) {
            findsThem(store);
        }
    }

    @Test
    void inPostgresql() {
        try (MetadataStore store = PostgresMetadata.open(PostgresServer.database())) {
            findsThem(store);
        }
    }

    private static void findsThem(MetadataStore store) {
        for (String name : List.of("blue", "red", "red/a", "red/b", "red-c", "reds")) {
            push(store, name, name.equals("red/b") ? OTHER : SHARED);
        }
        assertThat(found(store, List.of(NameRange.ALL), 10)).containsExactlyInAnyOrder("blue",
                "red", "red/a", "red-c", "reds");
        assertThat(found(store, List.of(NameRange.ALL), 2)).hasSize(2);
        assertThat(found(store, List.of(), 10)).isEmpty();
        assertThat(found(store, List.of(NameRange.of("red")), 10)).containsExactly("red");
        assertThat(found(store, List.of(NameRange.of("red"), NameRange.beginningWith("red/")), 10))
                .containsExactlyInAnyOrder("red", "red/a");
        assertThat(found(store, List.of(NameRange.of("red/b"), NameRange.of("none")), 10))
                .isEmpty();
        assertThat(found(store, IntStream.range(0, MANY)
                .mapToObj(i -> NameRange.of("r" + i))
                .toList(), 10)).isEmpty();
    }

    private static List<String> found(MetadataStore store, List<NameRange> among, int limit) {
        return store.blobs()
                .holders(SHARED, among, limit)
                .stream()
                .map(RepositoryName::value)
                .toList();
    }

    private static void push(MetadataStore store, String repository, Digest blob) {
        SessionRecord session = new SessionRecord("session-" + repository.replace('/', '-'),
                new RepositoryName(repository), "me", NOW);
        assertThat(store.sessions().create(session, 100, 100)).isTrue();
        store.sessions()
                .finish(session, new Requirement(new NodeKey(blob, NodeKey.Kind.BLOB), 1),
                        new Recorded(NOW, "me"), () -> {});
    }
}
