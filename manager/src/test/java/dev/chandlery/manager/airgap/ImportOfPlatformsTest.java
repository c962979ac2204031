package dev.chandlery.manager.airgap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.manager.airgap.Network.Outcome;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.store.LayoutStore;
import dev.chandlery.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index of two images, each with an attestation as BuildKit lists them, of which one is imported. */
class ImportOfPlatformsTest {
    private static final Platform UNKNOWN = Platform.of("unknown", "unknown");

    @TempDir
    private Path folder;

    private Path layout;
    private Network closed;

    @BeforeEach
    void write() {
        closed = Network.create(folder.resolve("closed"), "tools");
        layout = folder.resolve("layout");
        LayoutStore store = LayoutStore.create(layout);
        Samples.pushEmpty(store);
        Descriptor linux = image(store, "linux").withPlatform(Platform.of("linux", "amd64"));
        Descriptor darwin = image(store, "darwin").withPlatform(Platform.of("darwin", "arm64"));
        Descriptor index = Samples.push(store, Samples.index(linux, darwin, attestation(store,
                linux, "of linux"), attestation(store, darwin, "of darwin")));
        store.tag(index, new Tag("v1"));
    }

    private static Descriptor image(Target store, String text) {
        return Samples.push(store, Samples.image(Descriptor.EMPTY, Samples.pushText(store, text)));
    }

    private static Descriptor attestation(Target store, Descriptor image, String text) {
        return image(store, text).withPlatform(UNKNOWN)
                .withAnnotations(new TreeMap<>(Map.of("vnd.docker.reference.type",
                        "attestation-manifest",
                        "vnd.docker.reference.digest", image.digest().toString())));
    }

    private Outcome bring(String... more) {
        Object[] arguments = new Object[6 + more.length];
        List<String> first = List.of("import", layout.toString(), "--repository", "base/thing",
                "--platform", "linux/amd64");
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i < first.size() ? first.get(i) : more[i - first.size()];
        }
        return closed.manager(arguments);
    }

    private void damage(String text) throws IOException {
        Files.writeString(layout.resolve("blobs/sha256/" + Bytes.ofUtf8(text).digest().encoded()),
                text.toUpperCase(Locale.ROOT));
    }

    private boolean hasNothing() {
        return closed.with("base/thing", repository -> {
            boolean blobs = repository.exists(Samples.blob(Bytes.ofUtf8("linux")));
            return !blobs && repository.find(new Tag("v1")).isEmpty();
        });
    }

    @Test
    void attestationsOfWhatStaysAreCheckedBeforeAnythingIsWritten() throws IOException {
        damage("of linux");

        Outcome refused = bring();

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("nothing was written, as it is damaged", Bytes.ofUtf8(
                "of linux").digest().toString());
        assertThat(hasNothing()).isTrue();
        Outcome without = bring("--no-referrers");
        assertThat(without.code()).as(without.err()).isZero();
    }

    @Test
    void whatIsLeftOutIsNotLookedAt() throws IOException {
        damage("darwin");
        damage("of darwin");

        Outcome outcome = bring();

        assertThat(outcome.code()).as(outcome.err()).isZero();
        List<Platform> platforms = closed.with("base/thing", repository -> ((ImageIndex) Manifests
                .find(repository, new Tag("v1"))
                .orElseThrow()
                .manifest()).manifests().stream().map(Descriptor::platform).toList());
        assertThat(platforms).containsExactly(Platform.of("linux", "amd64"), UNKNOWN);
    }
}
