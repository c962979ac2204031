package dev.chandlery.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.copy.CopyOutcome.Copied;
import dev.chandlery.oci.copy.CopyOutcome.NotCopied;
import dev.chandlery.oci.store.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is attached to what is copied. */
@Timeout(120)
final class CopierReferrersTest extends CopyFixture {
    @Test
    void anImageThatIsThereIsNotFetchedToFindWhatIsAttachedToIt() {
        Graphs.tag(source, Graphs.image(source, "one"), "v1");
        copy();
        source.calls.clear();
        target.calls.clear();
        copy();
        assertThat(source.calls).containsExactly("find v1");
        assertThat(target.calls).containsExactly("tags tools/a", "find v1");
    }

    @Test
    void referrersAndTheirReferrersComeBeforeTheTag() {
        Descriptor root = tagged();
        Descriptor evidence = Graphs.image(source, root, "evidence");
        Descriptor signature = Graphs.image(source, evidence, "signature of the evidence");
        copy();
        assertThat(target.memory.exists(evidence)).isTrue();
        assertThat(target.memory.exists(signature)).isTrue();
        assertThat(target.calls.indexOf("push " + signature.digest())).isPositive()
                .isLessThan(target.calls.indexOf("tag v1"));
    }

    @Test
    void referrersThatCameLaterAreCopiedToo() {
        Descriptor root = tagged();
        copy();
        Descriptor evidence = Graphs.image(source, root, "evidence");
        assertThat(copy()).isInstanceOfSatisfying(Copied.class, copied -> assertThat(copied
                .changed()).isTrue());
        assertThat(target.memory.exists(evidence)).isTrue();
        assertThat(copy()).isInstanceOfSatisfying(Copied.class, copied -> assertThat(copied
                .changed()).isFalse());
    }

    /** As BuildKit makes them. */
    @Test
    void attestationsInAnIndexComeWithTheirImages() {
        Descriptor linux = Graphs.image(source, "linux")
                .withPlatform(Platform.of("linux",
                        "amd64"));
        Descriptor darwin = Graphs.image(source, "darwin")
                .withPlatform(Platform.of("darwin",
                        "arm64"));
        Descriptor ofLinux = attestation(linux);
        Graphs.tag(source, Graphs.index(source, linux, darwin, ofLinux, attestation(darwin)), "v1");
        CopyOptions options = CopyOptions.DEFAULT.withPlatforms(List.of(Platform.of("linux",
                "amd64")));

        new Copier(options.withReferrers(false), totals).copy(CopyRequest.of(source, V1, target));
        assertThat(listed()).containsExactly(linux);
        new Copier(options, totals).copy(CopyRequest.of(source, V1, target));
        assertThat(listed()).containsExactly(linux, ofLinux);
        assertThat(target.exists(darwin)).isFalse();
    }

    private Descriptor attestation(Descriptor image) {
        return Graphs.image(source, "about " + image.digest())
                .withPlatform(Platform.of("unknown", "unknown"))
                .withAnnotations(new TreeMap<>(Map.of("vnd.docker.reference.digest", image.digest()
                        .toString(), "vnd.docker.reference.type", "attestation-manifest")));
    }

    private List<Descriptor> listed() {
        return ((ImageIndex) Manifests.find(target, V1).orElseThrow().manifest()).manifests();
    }

    @Test
    void whatFailsAtAReferrerSaysSo() {
        Descriptor image = Graphs.image(source, "one");
        Graphs.tag(source, image, "v1");
        Graphs.image(source, image, "lost");
        Descriptor lost = Graphs.blob(new MemoryStore(), "lost");
        source.onCall((verb, what) -> {
            if (verb.equals("fetch") && what.equals(lost.digest())) {
                throw new ContentNotFoundException("cannot fetch " + what + ": not found");
            }
        });

        assertThat(copy()).isInstanceOfSatisfying(NotCopied.class, failed -> assertThat(failed
                .ofReferrers()).isTrue());
        assertThat(target.count("tag")).isZero();
    }
}
