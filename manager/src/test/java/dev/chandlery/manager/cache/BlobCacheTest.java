package dev.chandlery.manager.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Fetcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobCacheTest {
    private static final Bytes CONTENT = Bytes.ofUtf8("content");
    private static final Descriptor BLOB = Descriptor.of(MediaType.OCTET_STREAM, CONTENT);
    private static final Fetcher NOTHING = _ -> {
        throw new IllegalStateException("fetched though it is cached");
    };

    @TempDir
    Path folder;

    @Test
    void fetchesOnceAndThenServesItself() {
        BlobCache cache = new BlobCache(folder);

        assertThat(read(cache, _ -> CONTENT.openStream())).isEqualTo(CONTENT);
        assertThat(read(cache, NOTHING)).isEqualTo(CONTENT);
        assertThat(cache.misses()).isEqualTo(1);
        assertThat(cache.hits()).isEqualTo(1);
        assertThat(CacheUsage.of(folder)).isEqualTo(new CacheUsage(1, CONTENT.size()));
    }

    @Test
    void whatIsDamagedIsFetchedAgain() throws IOException {
        BlobCache cache = new BlobCache(folder);
        read(cache, _ -> CONTENT.openStream());
        Files.writeString(file(), "cOntent");

        assertThat(read(cache, _ -> CONTENT.openStream())).isEqualTo(CONTENT);
        assertThat(file()).hasContent("content");
        Files.writeString(file(), "short");
        assertThat(read(cache, _ -> CONTENT.openStream())).isEqualTo(CONTENT);
    }

    @Test
    void whatComesTooShortIsNotKept() {
        BlobCache cache = new BlobCache(folder);

        assertThatThrownBy(() -> cache.open(BLOB, _ -> Bytes.ofUtf8("con").openStream(), _ -> {}))
                .isInstanceOf(ContentMismatchException.class);
        assertThat(CacheUsage.of(folder)).isEqualTo(new CacheUsage(0, 0));
    }

    @Test
    void manyAtOnceAgree() {
        List<Bytes> read = TaskScope.mapAll("cache", Collections.nCopies(20, BLOB), _ -> read(
                new BlobCache(folder), _ -> CONTENT.openStream()));

        assertThat(read).containsOnly(CONTENT);
        assertThat(CacheUsage.of(folder).files()).isEqualTo(1);
    }

    @Test
    void cleaningDropsTheUnusedAndThenTheOldest() throws IOException {
        BlobCache cache = new BlobCache(folder);
        Instant now = Instant.now();
        for (int age = 1; age <= 4; age++) {
            Bytes content = Bytes.ofUtf8("blob " + age);
            Descriptor blob = Descriptor.of(MediaType.OCTET_STREAM, content);
            try (InputStream in = cache.open(blob, _ -> content.openStream(), _ -> {})) {
                in.readAllBytes();
            }
            Files.setLastModifiedTime(folder.resolve("blobs/sha256")
                    .resolve(blob.digest()
                            .encoded()), FileTime.from(now.minus(Duration.ofDays(age))));
        }
        CacheCleaner cleaner = new CacheCleaner(folder);

        CacheCleaner.Plan byAge = cleaner.plan(now.minus(Duration.ofDays(3)).plusSeconds(60), 1000);
        assertThat(byAge.files()).hasSize(2);
        assertThat(CacheUsage.of(folder).files()).isEqualTo(4);
        CacheCleaner.Plan bySize = cleaner.plan(Instant.EPOCH, 7);
        assertThat(bySize.files()).hasSize(3);
        assertThat(bySize.kept()).isEqualTo(6);
        cleaner.apply(bySize);
        assertThat(CacheUsage.of(folder)).isEqualTo(new CacheUsage(1, 6));
    }

    private Path file() {
        return folder.resolve("blobs/sha256").resolve(BLOB.digest().encoded());
    }

    private static Bytes read(BlobCache cache, Fetcher source) {
        try (InputStream in = cache.open(BLOB, source, _ -> {})) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
