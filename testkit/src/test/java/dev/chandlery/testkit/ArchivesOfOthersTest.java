package dev.chandlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.store.EarlierLayout;
import dev.chandlery.oci.store.Layout;
import dev.chandlery.oci.store.LayoutEntry;
import dev.chandlery.oci.store.LayoutWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts of several repositories, in a tar or a folder, are opened by others under their full names. */
class ArchivesOfOthersTest {
    private static final Tag TAG = new Tag("v1");
    private static final byte[] TAR = new byte[1024];
    private static final RepositoryName PROTOC = new RepositoryName("tools/protoc");
    private static final RepositoryName BUF = new RepositoryName("tools/buf");

    @TempDir
    Path folder;
    private Descriptor image;
    private Bytes layer;

    @BeforeEach
    void makeOurs() throws IOException {
        layer = LayoutsOfOthersTest.gzip(TAR);
        try (LayoutWriter archive = LayoutWriter.toArchive(folder.resolve("ours.tar"),
                EarlierLayout.NONE)) {
            image = fill(archive);
        }
        try (LayoutWriter layout = LayoutWriter.toFolder(folder.resolve("ours"),
                EarlierLayout.NONE)) {
            fill(layout);
        }
    }

    private Descriptor fill(LayoutWriter writer) {
        Target protoc = writer.repository(PROTOC);
        Descriptor pushed = pushImage(protoc);
        protoc.tag(pushed, TAG);
        Samples.pushEmpty(protoc);
        Samples.push(protoc, Samples.attached(pushed, Samples.ARTIFACT, Map.of("k", "v")));
        Target buf = writer.repository(BUF);
        buf.tag(Samples.pushImage(buf, "not the same"), TAG);
        writer.finish();
        return pushed;
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci-archive:ours.tar", "oci:ours"})
    void skopeoOpensOursByFullName(String ours) {
        String place = ours.replace("ours", folder.resolve("ours").toString());
        try (ClientProgram skopeo = Clients.skopeo()) {
            skopeo.run("copy", place + ":tools/protoc:v1", "oci-archive:" + folder.resolve(
                    "theirs.tar") + ":v1").requireSuccess();
        }
        readsTheirs(folder.resolve("theirs.tar"));
    }

    @Test
    void skopeosNamesAreRead() {
        try (ClientProgram skopeo = Clients.skopeo()) {
            skopeo.run("copy", "oci:" + folder.resolve("ours") + ":tools/protoc:v1", "oci-archive:"
                    + folder.resolve("theirs.tar") + ":registry.example/tools/protoc:v1")
                    .requireSuccess();
        }
        assertThat(Layout.open(folder.resolve("theirs.tar")).entries()).extracting(
                LayoutEntry::repository, LayoutEntry::tag)
                .containsExactly(
                        tuple(new RepositoryName(
                                "registry.example/tools/protoc"), TAG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ours.tar", "ours"})
    void orasOpensOursByFullName(String ours) {
        String place = folder.resolve(ours).toString();
        try (ClientProgram oras = Clients.oras()) {
            String raw = oras.run("manifest", "fetch", "--oci-layout-path", place,
                    "tools/protoc:v1").requireSuccess().stdout();
            assertThat(Bytes.ofUtf8(raw)).isEqualTo(Manifests.fetch(Layout.open(folder.resolve(
                    ours)), image).raw());
            assertThat(oras.run("discover", "--oci-layout-path", place, "tools/protoc:v1")
                    .requireSuccess()
                    .stdout()).contains(Samples.ARTIFACT.value());
            oras.run("cp", "-r", "--from-oci-layout-path", place, "--to-oci-layout",
                    "tools/protoc:v1", folder.resolve("theirs") + ":v1").requireSuccess();
        }
        readsTheirs(folder.resolve("theirs"));
        referrersAreThere(Layout.open(folder.resolve("theirs")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup.tar", "backup"})
    void orasBackupIsRead(String backup) {
        try (DistributionRegistry registry = DistributionRegistry.start(RegistryOptions.OPEN);
                ClientProgram oras = Clients.oras()) {
            String name = registry.registry() + "/tools/protoc:v1";
            oras.run("cp", "-r", "--from-oci-layout-path", folder.resolve("ours").toString(),
                    "--to-plain-http", "tools/protoc:v1", name).requireSuccess();
            oras.run("backup", "--plain-http", "--include-referrers", "--output", folder.resolve(
                    backup).toString(), name).requireSuccess();
        }
        readsTheirs(folder.resolve(backup));
        referrersAreThere(Layout.open(folder.resolve(backup)));
    }

    private void referrersAreThere(Layout theirs) {
        assertThat(theirs.referrerLister().orElseThrow().referrers(image.digest())).extracting(
                Descriptor::artifactType).containsExactly(Samples.ARTIFACT);
    }

    private void readsTheirs(Path place) {
        Layout theirs = Layout.open(place);
        assertThat(Samples.plain(theirs.resolve(TAG))).isEqualTo(image);
        ImageManifest manifest = (ImageManifest) Manifests.find(theirs, TAG)
                .orElseThrow()
                .manifest();
        assertThat(Samples.fetch(theirs, manifest.layers().getFirst())).isEqualTo(layer);
    }

    /** As an engine wants it: a config with diff ids, a layer that is a tar. */
    private Descriptor pushImage(Target store) {
        Bytes config = Bytes.ofUtf8(
                """
                {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]}}"""
                        .formatted(Digest.ofBytes(Algorithm.SHA256, TAR)));
        Descriptor configuration = Descriptor.of(MediaType.IMAGE_CONFIG, config);
        Descriptor content = Descriptor.of(MediaType.IMAGE_LAYER_TAR_GZIP, layer);
        store.push(configuration, Content.of(config));
        store.push(content, Content.of(layer));
        return Samples.push(store, Samples.image(configuration, content));
    }
}
