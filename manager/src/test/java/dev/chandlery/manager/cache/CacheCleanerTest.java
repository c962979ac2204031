package dev.chandlery.manager.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCleanerTest {
    @TempDir
    Path folder;

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

    @Test
    void anAbsentCacheIsCleanAndOthersMayHaveDroppedABlobMeanwhile() throws IOException {
        CacheCleaner cleaner = new CacheCleaner(folder.resolve("absent"));
        assertThat(cleaner.plan(Instant.now(), 0)).isEqualTo(new CacheCleaner.Plan(java.util.List
                .of(), 0, 0));

        Path blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.writeString(blobs.resolve("a"), "x");
        CacheCleaner other = new CacheCleaner(folder);
        CacheCleaner.Plan plan = other.plan(Instant.now().plusSeconds(60), 0);
        other.apply(plan);
        other.apply(plan);
        assertThat(blobs).isEmptyDirectory();
    }
}
