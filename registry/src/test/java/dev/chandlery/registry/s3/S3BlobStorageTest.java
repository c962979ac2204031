package dev.chandlery.registry.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.registry.blob.StagedBlob;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.metadata.SessionRecord;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.sql.SqliteMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content in a bucket, put together from parts of all sizes. */
final class S3BlobStorageTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final long SEED = 3;

    @TempDir
    private Path folder;
    private final Instant begin = Instant.now();
    private MetadataStore metadata;
    private S3Settings settings;
    private S3BlobStorage storage;

    @BeforeEach
    void open() {
        metadata = SqliteMetadata.open(folder);
        metadata.sessions()
                .create(new SessionRecord("x", new RepositoryName("a"), "me", begin), 10, 10);
        settings = S3Server.bucket();
        storage = S3BlobStorage.open(settings, metadata.sessions().chunks());
    }

    @AfterEach
    void close() {
        storage.close();
        metadata.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3,3", "9000000", "3,9000000,3,9000000,5", "6000000,6000000",
            "2000000,2000000,2000000,2000000,2000000,2000000", "20000000"})
    void commitsWhatCameInRequestsOfAnySize(String sizes) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        Random random = new Random(SEED);
        for (String size : sizes.isEmpty() ? new String[0] : sizes.split(",")) {
            byte[] chunk = new byte[Integer.parseInt(size)];
            random.nextBytes(chunk);
            chunks.add(chunk);
        }
        Bytes whole = join(chunks);
        for (byte[] chunk : chunks) {
            try (StagedBlob staged = stage()) {
                staged.append(chunk, chunk.length);
            }
        }
        try (StagedBlob staged = stage()) {
            assertThat(staged.size()).isEqualTo(whole.size());
            try (InputStream in = staged.open()) {
                assertThat(Bytes.of(in.readAllBytes())).isEqualTo(whole);
            }
            staged.commit(whole.digest());
            staged.secure(whole.digest());
            staged.discard();
        }
        assertThat(read(whole.digest(), 0)).isEqualTo(whole);
        assertThat(staged()).isEmpty();
    }

    @Test
    void sendsWhatIsSmallOnceOnly() throws IOException {
        Bytes small = Bytes.ofUtf8("small");
        try (StagedBlob staged = stage()) {
            staged.append(small.toArray(), small.size());
            staged.commit(small.digest());
            assertThat(staged()).isEmpty();
            staged.discard();
        }
        assertThat(read(small.digest(), 2)).isEqualTo(Bytes.ofUtf8("all"));
    }

    @Test
    void placesContentAgainThatWasRemoved() throws IOException {
        byte[] part = new byte[MEBIBYTE];
        try (StagedBlob staged = stage()) {
            staged.append(part, part.length);
        }
        try (StagedBlob staged = stage()) {
            staged.append(part, part.length);
            Digest digest = Bytes.of(new byte[2 * MEBIBYTE]).digest();
            staged.commit(digest);
            assertThat(storage.remove(digest, Instant.now().plusSeconds(60))).isTrue();
            staged.secure(digest);
            assertThat(read(digest, 0).size()).isEqualTo(2 * MEBIBYTE);
        }
    }

    @Test
    void takesOneOfTwoThatGoOnAtTheSamePlace() throws IOException {
        StagedBlob late = stage();
        try (StagedBlob first = stage()) {
            first.append(new byte[]{1}, 1);
        }
        late.append(new byte[]{2}, 1);
        assertThatThrownBy(late::close).isInstanceOf(RefusedException.class)
                .extracting(e -> ((RefusedException) e).status())
                .isEqualTo(409);
        try (StagedBlob staged = stage(); InputStream in = staged.open()) {
            assertThat(in.readAllBytes()).containsExactly(1);
            staged.truncate(0);
            assertThat(staged.size()).isZero();
        }
        assertThat(staged()).isEmpty();
    }

    @Test
    void listsAndRemovesByAge() {
        Bytes content = Bytes.ofUtf8("content");
        storage.put(content.digest(), content);
        List<Digest> found = new ArrayList<>();
        storage.visitCommittedBefore(Instant.now().minus(Duration.ofHours(1)), found::add);
        assertThat(found).isEmpty();
        assertThat(storage.remove(content.digest(), begin.minusSeconds(60))).isFalse();
        Instant future = Instant.now().plusSeconds(60);
        storage.visitCommittedBefore(future, found::add);
        assertThat(found).containsExactly(content.digest());
        assertThat(storage.quarantine(content.digest(), future)).get()
                .asString()
                .endsWith("some/place/quarantine/sha256-" + content.digest().encoded());
        assertThat(storage.find(content.digest())).isEmpty();
        assertThat(storage.remove(content.digest(), future)).isFalse();
    }

    @Test
    void saysWhatIsWrongWithTheBucket() {
        S3Settings absent = new S3Settings("absent", "", "x", settings.endpoint(), true, settings
                .login());
        assertThatThrownBy(() -> S3BlobStorage.open(absent, metadata.sessions().chunks()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot use bucket absent");
        S3Settings nowhere = settings.withEndpoint(URI.create("http://127.0.0.1:1"));
        assertThatThrownBy(() -> S3BlobStorage.open(nowhere, metadata.sessions().chunks()))
                .isInstanceOf(TransferException.class)
                .hasMessageNotContaining("a-secret");
    }

    private StagedBlob stage() {
        return storage.stage("x", true).orElseThrow();
    }

    private List<String> staged() {
        List<String> ids = new ArrayList<>();
        storage.visitStagedBefore(Instant.now().plusSeconds(60), ids::add);
        return ids;
    }

    private Bytes read(Digest digest, long offset) throws IOException {
        try (InputStream in = Channels.newInputStream(storage.find(digest)
                .orElseThrow()
                .open(offset))) {
            return Bytes.of(in.readAllBytes());
        }
    }

    private static Bytes join(List<byte[]> chunks) {
        byte[] whole = new byte[chunks.stream().mapToInt(c -> c.length).sum()];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, whole, at, chunk.length);
            at += chunk.length;
        }
        return Bytes.of(Arrays.copyOf(whole, at));
    }
}
