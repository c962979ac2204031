package dev.chandlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.store.LayoutStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Layouts that we make are read by others, and theirs by us. */
class LayoutsOfOthersTest {
    private static final Tag TAG = new Tag("v1");

    @TempDir
    Path folder;
    private LayoutStore ours;
    private Descriptor image;

    @BeforeEach
    void makeOurs() throws IOException {
        ours = LayoutStore.create(folder.resolve("ours"));
        image = pushImage(ours);
        ours.tag(image, TAG);
        Samples.pushEmpty(ours);
        Samples.push(ours, Samples.attached(image, Samples.ARTIFACT, Map.of("k", "v")));
    }

    @Test
    void absentProgramIsASkip() {
        assertThatThrownBy(() -> Clients.assume("oras", Map.of("PATH", "/nowhere", "HOME",
                "/nowhere"))).isInstanceOf(TestAbortedException.class).hasMessageContaining("oras");
    }

    @Test
    void skopeo() {
        try (ClientProgram skopeo = Clients.skopeo()) {
            skopeo.run("copy", "oci:" + folder.resolve("ours") + ":v1", "oci:" + folder.resolve(
                    "theirs") + ":v1").requireSuccess();
        }
        readsTheirs();
    }

    @Test
    void oras() {
        try (ClientProgram oras = Clients.oras()) {
            oras.run("cp", "-r", "--from-oci-layout", "--to-oci-layout", folder.resolve("ours")
                    + ":v1", folder.resolve("theirs") + ":v1").requireSuccess();
            assertThat(oras.run("discover", "--oci-layout", folder.resolve("ours") + ":v1")
                    .requireSuccess()
                    .stdout()).contains(Samples.ARTIFACT.value());
        }
        readsTheirs();
        assertThat(LayoutStore.open(folder.resolve("theirs"))
                .referrerLister()
                .orElseThrow()
                .referrers(image.digest())).extracting(Descriptor::artifactType)
                .containsExactly(Samples.ARTIFACT);
    }

    @Test
    void crane() {
        LayoutStore single = LayoutStore.create(folder.resolve("single"));
        try (DistributionRegistry registry = DistributionRegistry.start(RegistryOptions.OPEN);
                ClientProgram crane = Clients.crane()) {
            pushImageUnchecked(single);
            String name = registry.registry() + "/test/a:v1";
            crane.run("push", folder.resolve("single").toString(), name).requireSuccess();
            crane.run("pull", "--format=oci", name, folder.resolve("theirs").toString())
                    .requireSuccess();
        }
        LayoutStore theirs = LayoutStore.open(folder.resolve("theirs"));
        assertThat(theirs.exists(image)).isTrue();
        assertThat(Manifests.fetch(theirs, image).raw()).isEqualTo(Manifests.fetch(ours, image)
                .raw());
    }

    private void readsTheirs() {
        LayoutStore theirs = LayoutStore.open(folder.resolve("theirs"));
        assertThat(Samples.plain(theirs.resolve(TAG))).isEqualTo(image);
        ManifestDocument document = Manifests.find(theirs, TAG).orElseThrow();
        ImageManifest manifest = (ImageManifest) document.manifest();
        for (Descriptor blob : List.of(manifest.config(), manifest.layers().getFirst())) {
            assertThat(Samples.fetch(theirs, blob)).isEqualTo(Samples.fetch(ours, blob));
        }
        Descriptor added = Samples.pushImage(theirs, "one more");
        theirs.tag(added, new Tag("v2"));
        assertThat(theirs.tagLister().orElseThrow().tags()).containsExactly(TAG, new Tag("v2"));
    }

    private Descriptor pushImageUnchecked(LayoutStore store) {
        try {
            return pushImage(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As an engine wants it: a config with diff ids, a layer that is a tar. */
    private static Descriptor pushImage(LayoutStore store) throws IOException {
        byte[] tar = new byte[1024];
        Bytes layer = gzip(tar);
        Bytes config = Bytes.ofUtf8(
                """
                {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]}}"""
                        .formatted(Digest.ofBytes(Algorithm.SHA256, tar)));
        Descriptor configuration = Descriptor.of(MediaType.IMAGE_CONFIG, config);
        Descriptor content = Descriptor.of(MediaType.IMAGE_LAYER_TAR_GZIP, layer);
        store.push(configuration, Content.of(config));
        store.push(content, Content.of(layer));
        return Samples.push(store, Samples.image(configuration, content));
    }

    static Bytes gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return Bytes.of(packed.toByteArray());
    }

    /** A layout as containerd's exporter and others write it: without media type, with names. */
    @Test
    void namesThatAreNoTags() throws IOException {
        Path index = folder.resolve("ours/index.json");
        String text = Files.readString(index, StandardCharsets.UTF_8);
        Files.writeString(index, text.replace("\"mediaType\":\"" + MediaType.IMAGE_INDEX + "\",",
                "")
                .replace("\"v1\"", "\"example.com/a/b:v1\""));

        LayoutStore changed = LayoutStore.open(folder.resolve("ours"));
        assertThat(changed.tagLister().orElseThrow().tags()).isEmpty();
        assertThat(changed.exists(image)).isTrue();
    }
}
