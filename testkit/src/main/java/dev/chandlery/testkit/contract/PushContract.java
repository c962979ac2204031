package dev.chandlery.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import dev.chandlery.oci.content.ReferrerLinker;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.testkit.Samples;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes by those who know something beforehand: hints, tags at once, links for many. */
public interface PushContract extends Subject {

    /** With the POST, by a session, after a question. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10, 300_000, 17 << 20})
    default void blobIsSentAndThenPresent(int size) {
        Bytes bytes = Samples.bytes(size, size);
        Descriptor blob = Samples.blob(bytes);

        assertThat(target().push(blob, Content.of(bytes), PushHint.NONE)).isEqualTo(Pushed.SENT);
        assertThat(target().exists(blob)).isTrue();
        assertThat(target().push(blob, Content.of(bytes), PushHint.NONE)).isIn(Pushed.PRESENT,
                Pushed.SENT);
        assertThat(Samples.fetch(target(), blob)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 300_000, 17 << 20})
    default void hintThatIsNotTrueDoesNoHarm(int size) {
        Bytes bytes = Samples.bytes(size, size);
        Descriptor blob = Samples.blob(bytes);
        PushHint hint = PushHint.mountFrom(new RepositoryName("test/where-it-never-was"));

        assertThat(target().push(blob, Content.of(bytes), hint)).isEqualTo(Pushed.SENT);
        assertThat(Samples.fetch(target(), blob)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 300_000})
    default void blobIsSentAgainWhenAskedTo(int size) {
        Bytes bytes = Samples.bytes(size, size);
        Descriptor blob = Samples.blob(bytes);
        target().push(blob, Content.of(bytes), PushHint.NONE);

        assertThat(target().push(blob, Content.of(bytes), PushHint.RESEND)).isEqualTo(Pushed.SENT);
        assertThat(Samples.fetch(target(), blob)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 300_000})
    default void wrongContentWithAHintIsRefused(int size) {
        Descriptor blob = Samples.blob(Samples.bytes(1, size));

        assertThatThrownBy(() -> target().push(blob, Content.of(Samples.bytes(2, size)),
                PushHint.NONE)).isInstanceOf(ContentMismatchException.class);
        assertThat(target().exists(blob)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 300_000})
    default void contentThatCanBeReadOnceIsEnough(int size) {
        Bytes bytes = Samples.bytes(size, size);
        Descriptor blob = Samples.blob(bytes);

        target().push(blob, new Once(bytes), PushHint.NONE);

        assertThat(Samples.fetch(target(), blob)).isEqualTo(bytes);
    }

    /** Fails the second time. */
    final class Once implements Content {
        private final Bytes bytes;
        private boolean opened;

        Once(Bytes bytes) {
            this.bytes = bytes;
        }

        @Override
        public synchronized InputStream open() {
            if (opened) {
                throw new IllegalStateException("opened twice");
            }
            opened = true;
            return bytes.openStream();
        }

        @Override
        public boolean replayable() {
            return false;
        }
    }

    @Test
    default void manifestIsPushedByItsTag() {
        Samples.pushEmpty(target());
        ManifestDocument image = Samples.image(Descriptor.EMPTY);
        target().push(image, new Tag("v1"));
        target().push(image, new Tag("v2"));

        Descriptor expected = Samples.plain(image.descriptor());
        assertThat(target().find(new Tag("v1")).map(Samples::plain)).contains(expected);
        assertThat(target().find(new Tag("v2")).map(Samples::plain)).contains(expected);
        assertThat(target().findManifest(new Tag("v1")).map(ManifestDocument::raw)).contains(image
                .raw());
        assertThat(target().findManifest(expected.digest()).map(ManifestDocument::raw)).contains(
                image.raw());
        assertThat(target().findManifest(new Tag("v3"))).isEmpty();
    }

    @Test
    default void pushByTagMovesIt() {
        Descriptor first = Samples.pushImage(target(), "a");
        target().tag(first, new Tag("v1"));
        ManifestDocument index = Samples.index(first);

        target().push(index, new Tag("v1"));

        assertThat(target().find(new Tag("v1")).map(Samples::plain)).contains(Samples.plain(index
                .descriptor()));
    }

    @Test
    default void tagOfAManifestThatIsRefusedStaysWhereItWas() {
        Descriptor first = Samples.pushImage(target(), "a");
        target().tag(first, new Tag("v1"));
        ManifestDocument broken = Samples.image(Descriptor.EMPTY, Samples.blob(Bytes.ofUtf8(
                "never pushed")));

        assertThatThrownBy(() -> target().push(broken, new Tag("v1"))).isInstanceOf(
                OciException.class);
        assertThat(target().find(new Tag("v1")).map(Samples::plain)).contains(first);
    }

    @Test
    default void manyReferrersAreLinkedAtOnce() {
        Descriptor subject = Samples.pushImage(target(), "subject");
        List<Descriptor> entries = Stream.of("1", "2", "3")
                .map(n -> attach(subject, n))
                .toList();

        target().referrerLinker().ifPresent(linker -> link(linker, subject, entries));

        try (Stream<Descriptor> found = lister().referrers(subject.digest())) {
            assertThat(found).containsExactlyInAnyOrderElementsOf(entries);
        }
    }

    private static void link(ReferrerLinker linker, Descriptor subject, List<Descriptor> entries) {
        linker.link(subject.digest(), entries.subList(0, 1));
        linker.link(subject.digest(), entries);
        linker.link(subject.digest(), entries);
        linker.link(subject.digest(), List.of());
    }

    /** Pushed without a link; as lists show it. */
    private Descriptor attach(Descriptor subject, String name) {
        MediaType type = new MediaType("application/vnd.example.n" + name);
        Samples.pushEmpty(target());
        ManifestDocument document = Samples.attached(subject, type, Map.of("n", name));
        target().push(document.descriptor(), Content.of(document.raw()), PushHint.NONE);
        return Samples.plain(document.descriptor())
                .withArtifactType(type)
                .withAnnotations(document.manifest().annotations());
    }

    private ReferrerLister lister() {
        return target().referrerLister().orElseThrow();
    }
}
