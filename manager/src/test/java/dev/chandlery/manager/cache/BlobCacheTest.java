package dev.chandlery.manager.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Fetcher;
import dev.chandlery.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobCacheTest {
    private static final Bytes CONTENT = Samples.bytes(1, 200_000);
    private static final Descriptor BLOB = Samples.blob(CONTENT);

    @TempDir
    Path folder;
    private final AtomicInteger fetches = new AtomicInteger();

    @Test
    void aBlobIsFetchedOnce() throws IOException {
        BlobCache cache = new BlobCache(folder);

        assertThat(read(cache, good())).isEqualTo(CONTENT);
        assertThat(read(cache, good())).isEqualTo(CONTENT);
        assertThat(read(new BlobCache(folder), good())).isEqualTo(CONTENT);

        assertThat(fetches).hasValue(1);
        assertThat(cache.hits()).isEqualTo(1);
        assertThat(cache.misses()).isEqualTo(1);
        assertThat(CacheUsage.of(folder)).isEqualTo(new CacheUsage(1, CONTENT.size()));
    }

    @Test
    void aDamagedEntryIsDroppedAndFetchedAgain() throws IOException {
        BlobCache cache = new BlobCache(folder);
        read(cache, good());
        byte[] flipped = Files.readAllBytes(file());
        flipped[flipped.length / 2] ^= 1;
        Files.write(file(), flipped);
        assertThat(read(cache, good())).isEqualTo(CONTENT);

        Files.write(file(), new byte[]{1});
        assertThat(read(cache, good())).isEqualTo(CONTENT);

        assertThat(fetches).hasValue(3);
        assertThat(Files.readAllBytes(file())).isEqualTo(CONTENT.toArray());
    }

    @Test
    void whatComesWrongIsNeverKept() {
        byte[] flipped = CONTENT.toArray();
        flipped[7] ^= 1;
        List<byte[]> wrong = List.of(flipped, new byte[0], java.util.Arrays.copyOf(flipped, 10),
                java.util.Arrays.copyOf(CONTENT.toArray(), CONTENT.size() + 1));
        for (byte[] bytes : wrong) {
            BlobCache cache = new BlobCache(folder);
            assertThatThrownBy(() -> read(cache, _ -> new ByteArrayInputStream(bytes)))
                    .isInstanceOf(OciException.class);
            assertThat(file()).doesNotExist();
            assertThat(rooms()).isEmpty();
        }
    }

    @Test
    void aConnectionThatBreaksLeavesNothing() {
        assertThatThrownBy(() -> read(new BlobCache(folder), _ -> new Cut(CONTENT))).isInstanceOf(
                OciException.class)
                .hasMessageContaining("reset")
                .hasMessageContaining(BLOB.digest().toString());
        assertThat(file()).doesNotExist();
        assertThat(rooms()).isEmpty();
    }

    @Test
    void manyAtOnceGetTheirBytesAndLeaveOneFile() throws IOException {
        List<Bytes> all = TaskScope.mapAll("pull", Collections.nCopies(24, BLOB), _ -> read(
                new BlobCache(folder), good()));

        assertThat(all).hasSize(24).containsOnly(CONTENT);
        assertThat(CacheUsage.of(folder).files()).isEqualTo(1);
        assertThat(rooms()).isEmpty();
    }

    @Test
    void readersGoOnWhenTheBlobIsDropped() throws IOException {
        BlobCache cache = new BlobCache(folder);
        try (InputStream in = cache.open(BLOB, good(), _ -> {})) {
            CacheCleaner cleaner = new CacheCleaner(folder);
            cleaner.apply(cleaner.plan(Instant.now().plusSeconds(60), 0));
            assertThat(file()).doesNotExist();
            assertThat(Bytes.of(in.readAllBytes())).isEqualTo(CONTENT);
        }
    }

    @Test
    void usingABlobCountsAsItsLastUse() throws IOException {
        BlobCache cache = new BlobCache(folder);
        read(cache, good());
        Files.setLastModifiedTime(file(), FileTime.from(Instant.EPOCH));

        read(cache, good());

        assertThat(Files.getLastModifiedTime(file()).toInstant()).isAfter(Instant.EPOCH);
    }

    private Fetcher good() {
        return _ -> {
            fetches.incrementAndGet();
            return new ByteArrayInputStream(CONTENT.toArray());
        };
    }

    private static Bytes read(BlobCache cache, Fetcher source) {
        try (InputStream in = cache.open(BLOB, source, _ -> {})) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path file() {
        return folder.resolve("blobs/sha256").resolve(BLOB.digest().encoded());
    }

    private List<Path> rooms() {
        try (Stream<Path> files = Files.list(folder.resolve("work"))) {
            return files.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Breaks after its first bytes. */
    private static final class Cut extends FilterInputStream {
        private boolean begun;

        Cut(Bytes content) {
            super(content.openStream());
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (begun) {
                throw new IOException("reset");
            }
            begun = true;
            return super.read(buffer, offset, Math.min(length, 100));
        }
    }
}
