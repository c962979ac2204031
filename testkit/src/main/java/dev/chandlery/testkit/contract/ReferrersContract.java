package dev.chandlery.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.json.ManifestWriter;
import dev.chandlery.testkit.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Referrers: each manifest is listed at its subject, with its artifact type and annotations. */
public interface ReferrersContract extends Subject {
    MediaType SBOM = new MediaType("application/vnd.example.sbom.v1");
    MediaType SIGNATURE = new MediaType("application/vnd.example.signature.v1");

    @Test
    default void nothingIsAttachedToMostManifests() {
        Descriptor image = Samples.pushImage(target(), "a");

        assertThat(referrers(image.digest())).isEmpty();
        assertThat(referrers(Samples.unknownDigest())).isEmpty();
    }

    @Test
    default void attachedManifestIsListedWithTypeAndAnnotations() {
        Descriptor image = Samples.pushImage(target(), "a");
        Descriptor sbom = attach(image, SBOM, Map.of("b", "2", "a", "1"));

        assertThat(referrers(image.digest())).containsExactly(sbom.withArtifactType(SBOM)
                .withAnnotations(Annotations.sorted(Map.of("a", "1", "b", "2"))));
    }

    @Test
    default void artifactTypeOfAnImageIsThatOfItsConfig() {
        Descriptor image = Samples.pushImage(target(), "a");
        Samples.pushEmpty(target());
        Descriptor attached = Samples.push(target(), ManifestWriter.write(
                new ImageManifest(MediaType.IMAGE_MANIFEST, null,
                        Descriptor.EMPTY, List.of(), image, Annotations.none())));

        assertThat(referrers(image.digest())).containsExactly(attached.withArtifactType(
                MediaType.EMPTY));
    }

    @Test
    default void referrersAreFilteredByArtifactType() {
        Descriptor image = Samples.pushImage(target(), "a");
        attach(image, SBOM, Map.of("n", "1"));
        Descriptor signature = attach(image, SIGNATURE, Map.of());
        attach(image, SBOM, Map.of("n", "2"));

        try (Stream<Descriptor> found = lister().referrers(image.digest(), SIGNATURE)) {
            assertThat(found).containsExactly(signature.withArtifactType(SIGNATURE));
        }
        try (Stream<Descriptor> found = lister().referrers(image.digest(), SBOM)) {
            assertThat(found).hasSize(2);
        }
        try (Stream<Descriptor> found = lister().referrers(image.digest(), Samples.ARTIFACT)) {
            assertThat(found).isEmpty();
        }
    }

    @Test
    default void indexMayBeAttachedAndHaveReferrers() {
        Descriptor index = Samples.push(target(), Samples.index(Samples.pushImage(target(), "a")));
        Descriptor attached = Samples.push(target(), Samples.attachedIndex(index, SBOM));

        assertThat(referrers(index.digest())).containsExactly(attached.withArtifactType(SBOM));
    }

    @Test
    default void subjectMayBeMissing() {
        Descriptor image = Samples.plain(Samples.image(Descriptor.EMPTY).descriptor());
        Descriptor sbom = attach(image, SBOM, Map.of());

        assertThat(target().exists(image)).isFalse();
        assertThat(referrers(image.digest())).containsExactly(sbom.withArtifactType(SBOM));
    }

    @Test
    default void manifestsAttachedToAnotherSubjectAreNotListed() {
        Descriptor image = Samples.pushImage(target(), "a");
        Descriptor other = Samples.pushImage(target(), "b");
        Descriptor sbom = attach(image, SBOM, Map.of());
        Descriptor signature = attach(sbom, SIGNATURE, Map.of());

        assertThat(referrers(other.digest())).isEmpty();
        assertThat(referrers(image.digest())).extracting(Descriptor::digest)
                .containsExactly(sbom
                        .digest());
        assertThat(referrers(sbom.digest())).extracting(Descriptor::digest)
                .containsExactly(signature.digest());
    }

    @Test
    default void attachingTwiceListsOnce() {
        Descriptor image = Samples.pushImage(target(), "a");
        attach(image, SBOM, Map.of());
        attach(image, SBOM, Map.of());

        assertThat(referrers(image.digest())).hasSize(1);
    }

    private Descriptor attach(Descriptor subject, MediaType type, Map<String, String> annotations) {
        Samples.pushEmpty(target());
        return Samples.push(target(), Samples.attached(subject, type, annotations));
    }

    private List<Descriptor> referrers(Digest subject) {
        try (Stream<Descriptor> found = lister().referrers(subject)) {
            return found.toList();
        }
    }

    private ReferrerLister lister() {
        return target().referrerLister().orElseThrow();
    }
}
