package dev.chandlery.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.testkit.RandomContent;
import dev.chandlery.testkit.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Much at once: many threads, and content larger than any buffer. */
public interface LoadContract extends Subject {

    @Test
    default void bigBlobStreams() throws IOException {
        RandomContent content = new RandomContent(1, 40_000_003);
        Descriptor blob = content.descriptor(MediaType.OCTET_STREAM);

        target().push(blob, content);

        try (InputStream stored = target().fetch(blob); InputStream expected = content.open()) {
            byte[] buffer = new byte[64 * 1024];
            long count = 0;
            for (int n = stored.read(buffer); n >= 0; n = stored.read(buffer)) {
                assertThat(Arrays.copyOf(buffer, n)).isEqualTo(expected.readNBytes(n));
                count += n;
            }
            assertThat(count).isEqualTo(blob.size());
        }
    }

    @Test
    default void oneBlobPushedByManyAtOnceIsThereOnce() {
        List<Descriptor> pushed = TaskScope.mapAll("push", Collections.nCopies(8, 1L),
                seed -> Samples.pushBlob(target(), Samples.bytes(seed, 300_000)));

        assertThat(Samples.fetch(target(), pushed.getFirst())).isEqualTo(Samples.bytes(1, 300_000));
    }

    @Test
    default void manyImagesPushedAtOnceAreAllThere() {
        if (shortcomings().contains(Shortcoming.RESENT_BLOB_IS_AWAY)) {
            // All have the same config: once it is there, nobody sends it again.
            Samples.pushImage(target(), "before");
        }
        List<Descriptor> images = TaskScope.mapAll("push", IntStream.range(0, 12).boxed().toList(),
                i -> {
                    Descriptor image = Samples.pushImage(target(), "layer " + i);
                    target().tag(image, new Tag("v" + i));
                    return image;
                });

        for (int i = 0; i < images.size(); i++) {
            assertThat(Samples.plain(target().resolve(new Tag("v" + i)))).isEqualTo(images.get(i));
        }
        try (Stream<Tag> tags = target().tagLister().orElseThrow().tags()) {
            assertThat(tags).hasSize(images.size());
        }
    }

    @Test
    default void tagMovedByManyAtOncePointsAtOneOfThem() {
        List<Descriptor> images = IntStream.range(0, 6)
                .mapToObj(i -> Samples.pushImage(target(), "layer " + i))
                .toList();

        TaskScope.mapAll("tag", images, image -> {
            target().tag(image, new Tag("latest"));
            return image;
        });

        assertThat(images).contains(Samples.plain(target().resolve(new Tag("latest"))));
        assertThat(images).allMatch(target()::exists);
    }
}
