package dev.chandlery.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.TagLister;
import dev.chandlery.testkit.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tags: they point at manifests that are there, move, and are all listed. */
public interface TagsContract extends Subject {

    /** More than one page where the test asks for small ones. */
    int MANY_TAGS = 40;

    @Test
    default void tagNamesAManifest() {
        Descriptor image = Samples.pushImage(target(), "a");

        target().tag(image, new Tag("v1"));
        target().tag(image, new Tag("v1"));

        assertThat(Samples.plain(target().resolve(new Tag("v1")))).isEqualTo(image);
        assertThat(tags()).containsExactly(new Tag("v1"));
    }

    @Test
    default void tagNamesAnIndex() {
        Descriptor index = Samples.push(target(), Samples.index(Samples.pushImage(target(), "a")));

        target().tag(index, new Tag("v1"));

        assertThat(Samples.plain(target().resolve(new Tag("v1")))).isEqualTo(index);
    }

    @Test
    default void tagMoves() {
        Descriptor first = Samples.pushImage(target(), "a");
        Descriptor second = Samples.pushImage(target(), "b");
        target().tag(first, new Tag("latest"));
        target().tag(first, new Tag("v1"));

        target().tag(second, new Tag("latest"));

        assertThat(Samples.plain(target().resolve(new Tag("latest")))).isEqualTo(second);
        assertThat(Samples.plain(target().resolve(new Tag("v1")))).isEqualTo(first);
        assertThat(tags()).containsExactlyInAnyOrder(new Tag("latest"), new Tag("v1"));
    }

    @Test
    default void manifestStaysWhenItsOnlyTagMoves() {
        Descriptor first = Samples.pushImage(target(), "a");
        target().tag(first, new Tag("latest"));

        target().tag(Samples.pushImage(target(), "b"), new Tag("latest"));

        assertThat(target().exists(first)).isTrue();
        assertThat(target().find(first.digest())).isPresent();
    }

    @Test
    default void tagOfAnUnknownManifestIsRefused() {
        Samples.pushImage(target(), "so that the repository is there");
        Descriptor unknown = Samples.plain(Samples.image(Descriptor.EMPTY).descriptor());

        assertThatThrownBy(() -> target().tag(unknown, new Tag("v1"))).isInstanceOf(
                ContentNotFoundException.class).hasMessageContaining(unknown.digest().toString());
        assertThat(target().find(new Tag("v1"))).isEmpty();
    }

    @Test
    default void tagOfABlobIsRefused() {
        Descriptor blob = Samples.pushText(target(), "blob");

        assertThatThrownBy(() -> target().tag(blob, new Tag("v1"))).isInstanceOf(
                OciException.class);
        assertThat(target().find(new Tag("v1"))).isEmpty();
    }

    @Test
    default void noTagsIsAnEmptyList() {
        assertThat(tags()).isEmpty();
        Samples.pushImage(target(), "a");
        assertThat(tags()).isEmpty();
    }

    @Test
    default void tagThatIsAPrefixOfAnotherIsListed() {
        Descriptor image = Samples.pushImage(target(), "a");
        List<Tag> all = Stream.of("v1", "v1-linux", "v1.0", "v1_", "V1", "1")
                .map(Tag::new)
                .toList();
        all.forEach(tag -> target().tag(image, tag));

        assertThat(tags()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    default void manyTagsAreListedOnceEach() {
        assertThat(tags()).isEmpty();
        List<Tag> all = pushManyTags();

        assertThat(tags()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    default void tagsAreListedInOrder() {
        assume(Shortcoming.UNSORTED_TAGS);
        List<Tag> all = pushManyTags();

        assertThat(tags()).containsExactlyElementsOf(all.stream().sorted().toList());
    }

    @Test
    default void listingMayStopEarly() {
        Descriptor image = Samples.pushImage(target(), "a");
        List.of("a", "b", "c").forEach(tag -> target().tag(image, new Tag(tag)));

        try (Stream<Tag> tags = lister().tags()) {
            assertThat(tags.findFirst()).isPresent();
        }
    }

    private List<Tag> pushManyTags() {
        Descriptor image = Samples.pushImage(target(), "a");
        List<Tag> all = new ArrayList<>(IntStream.range(0, MANY_TAGS)
                .mapToObj(i -> new Tag("v" + i))
                .toList());
        Collections.shuffle(all, new Random(1));
        all.forEach(tag -> target().tag(image, tag));
        return all;
    }

    private List<Tag> tags() {
        try (Stream<Tag> tags = lister().tags()) {
            return tags.toList();
        }
    }

    private TagLister lister() {
        return target().tagLister().orElseThrow();
    }
}
