package dev.chandlery.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Deleter;
import dev.chandlery.testkit.Samples;
import org.junit.jupiter.api.Test;

/** Deleting: what is deleted is gone at once, and nothing else. */
public interface DeleterContract extends Subject {

    @Test
    default void deletedManifestIsGoneWithItsTags() {
        Descriptor first = Samples.pushImage(target(), "a");
        Descriptor second = Samples.pushImage(target(), "b");
        target().tag(first, new Tag("v1"));
        target().tag(first, new Tag("latest"));
        target().tag(second, new Tag("v2"));

        deleter().delete(first);

        assertThat(target().exists(first)).isFalse();
        assertThat(target().find(first.digest())).isEmpty();
        assertThat(target().find(new Tag("v1"))).isEmpty();
        assertThat(target().find(new Tag("latest"))).isEmpty();
        assertThat(Samples.plain(target().resolve(new Tag("v2")))).isEqualTo(second);
    }

    @Test
    default void blobsOfADeletedManifestServeOthers() {
        Descriptor first = Samples.pushImage(target(), "a");
        Descriptor second = Samples.push(target(), Samples.image(Descriptor.EMPTY, Samples.pushText(
                target(), "a"), Samples.pushText(target(), "b")));

        deleter().delete(first);

        assertThat(target().exists(second)).isTrue();
        assertThat(target().exists(Descriptor.EMPTY)).isTrue();
    }

    @Test
    default void deletedManifestMayBePushedAgain() {
        Descriptor image = Samples.pushImage(target(), "a");

        deleter().delete(image);
        Samples.pushImage(target(), "a");

        assertThat(target().exists(image)).isTrue();
    }

    @Test
    default void deletedBlobIsGone() {
        Descriptor blob = Samples.pushText(target(), "blob");
        Descriptor other = Samples.pushText(target(), "other");

        deleter().delete(blob);

        assertThat(target().exists(blob)).isFalse();
        assertThat(target().exists(other)).isTrue();
        Samples.pushText(target(), "blob");
        assertThat(target().exists(blob)).isTrue();
    }

    @Test
    default void deletingAnIndexLeavesItsManifests() {
        Descriptor image = Samples.pushImage(target(), "a");
        Descriptor index = Samples.push(target(), Samples.index(image));

        deleter().delete(index);

        assertThat(target().exists(index)).isFalse();
        assertThat(target().exists(image)).isTrue();
    }

    @Test
    default void deletingWhatIsAbsentSucceeds() {
        Samples.pushImage(target(), "so that the repository is there");

        deleter().delete(Samples.plain(Samples.image(Descriptor.EMPTY).descriptor()));
        deleter().delete(Samples.blob(Samples.bytes(1, 10)));
    }

    @Test
    default void untaggedManifestStays() {
        assume(Shortcoming.NO_UNTAG);
        Descriptor image = Samples.pushImage(target(), "a");
        target().tag(image, new Tag("v1"));
        target().tag(image, new Tag("v2"));

        deleter().untag(new Tag("v1"));
        deleter().untag(new Tag("v1"));

        assertThat(target().find(new Tag("v1"))).isEmpty();
        assertThat(Samples.plain(target().resolve(new Tag("v2")))).isEqualTo(image);
        deleter().untag(new Tag("v2"));
        assertThat(target().exists(image)).isTrue();
    }

    private Deleter deleter() {
        return target().deleter().orElseThrow();
    }
}
