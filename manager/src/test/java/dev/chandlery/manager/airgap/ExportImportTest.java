package dev.chandlery.manager.airgap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.manager.airgap.Network.Outcome;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.store.Layout;
import dev.chandlery.oci.store.LayoutStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an open network into a closed one. */
class ExportImportTest {
    @TempDir
    Path folder;
    private Network open;
    private Network closed;
    private Path file;

    @BeforeEach
    void networks() {
        open = Network.create(folder.resolve("open"), "acme");
        closed = Network.create(folder.resolve("closed"), "mirror");
        file = folder.resolve("tools.tar");
    }

    private static Outcome done(Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err() + outcome.out()).isZero();
        return outcome;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools.tar", "layout"})
    void everythingArrivesToTheByte(String name) {
        Path place = folder.resolve(name);
        Map<Tag, Descriptor> foreign = open.with("tools/hello", Foreign::push);
        open.use("tools/bye", repository -> Foreign.image(repository, "bye", "v1.0"));
        open.use("tools/not-in-registry-yaml", repository -> Foreign.image(repository, "x", "v1"));

        Outcome export = done(open.manager("export", "--to", place));
        assertThat(export.out()).contains("tools/hello", "tools/bye", "to " + place)
                .doesNotContain("not-in-registry-yaml");
        done(closed.manager("import", place));

        assertThat(closed.with("tools/hello", ExportImportTest::digests)).isEqualTo(open.with(
                "tools/hello", ExportImportTest::digests))
                .containsKeys(foreign.keySet()
                        .toArray(
                                Tag[]::new));
        assertThat(closed.with("tools/hello", ExportImportTest::referrers)).hasSize(1)
                .isEqualTo(open.with("tools/hello", ExportImportTest::referrers));
        assertThat(closed.with("tools/bye", ExportImportTest::digests)).containsOnlyKeys(new Tag(
                "v1.0"));
        Outcome again = done(closed.manager("import", place, "-o", "json"));
        assertThat(again.json().path("summary").path("manifests_sent").asInt()).isZero();
    }

    /** Reads all manifests, which compares their digests. */
    private static SortedMap<Tag, Digest> digests(Target repository) {
        SortedMap<Tag, Digest> found = new TreeMap<>();
        try (Stream<Tag> tags = repository.tagLister().orElseThrow().tags()) {
            tags.forEach(tag -> found.put(tag, Manifests.find(repository, tag)
                    .orElseThrow()
                    .descriptor()
                    .digest()));
        }
        return found;
    }

    private static List<Digest> referrers(Target repository) {
        ManifestDocument list = Manifests.find(repository, new Tag("docker")).orElseThrow();
        Descriptor child = ((ImageIndex) list.manifest()).manifests().getFirst();
        try (Stream<Descriptor> found = repository.referrerLister()
                .orElseThrow()
                .referrers(child
                        .digest())) {
            return found.map(Descriptor::digest).toList();
        }
    }

    @Test
    void aPartIsChosen() throws IOException {
        open.use("tools/hello", repository -> {
            Foreign.image(repository, "a", "v1.0");
            Foreign.image(repository, "b", "v2.0");
        });
        open.use("tools/bye", repository -> Foreign.image(repository, "bye", "v1.0"));
        open.use("other/thing", repository -> Foreign.image(repository, "x", "v1"));

        done(open.manager("export", "--to", file, "hello", "--tags", "v2*"));
        assertThat(names()).containsExactly("tools/hello:v2.0");
        done(open.manager("export", "--to", file, "--include", "other/*"));
        assertThat(names()).containsExactly("other/thing:v1");
        done(open.manager("export", "--to", file, "--include", "**"));
        done(closed.manager("import", file, "--include", "tools/*", "--exclude", "tools/bye",
                "--to", "embedded:" + folder.resolve("spare")));
        Network spare = new Network(folder.resolve("spare-network"), "tools");
        Files.createDirectories(spare.folder());
        Files.move(folder.resolve("spare"), spare.folder().resolve("registry"));
        assertThat(spare.with("hello", ExportImportTest::digests)).hasSize(2);
        assertThat(spare.with("bye", ExportImportTest::digests)).isEmpty();
        assertThat(open.manager("export", "--to", file, "helo").code()).isEqualTo(2);
        assertThat(open.manager("export", "--to", file, "--tags", "none").err()).contains(
                "it has no such tags");
        assertThat(names()).as("what was there stays").hasSize(4);
    }

    private List<String> names() {
        return Layout.open(file).entries().stream().map(entry -> entry.name()).toList();
    }

    @Test
    void dryRunsWriteNothing() {
        open.use("tools/hello", repository -> Foreign.image(repository, "a", "v1.0"));
        Outcome export = done(open.manager("export", "--to", file, "--dry-run", "-o", "json"));
        assertThat(export.json().path("dry_run").asBoolean()).isTrue();
        assertThat(export.json().path("summary").path("bytes_sent").asLong()).isEqualTo(3);
        assertThat(file).doesNotExist();

        done(open.manager("export", "--to", file));
        Outcome dry = done(closed.manager("import", file, "--dry-run"));
        assertThat(dry.out()).contains("Would copy");
        assertThat(closed.with("tools/hello", ExportImportTest::digests)).isEmpty();
    }

    @Test
    void deltaNeedsWhatItBuildsOn() throws IOException {
        open.use("tools/hello", repository -> Foreign.image(repository, "x".repeat(50_000),
                "v1.0"));
        Path may = folder.resolve("may.tar");
        done(open.manager("export", "--to", may));
        open.use("tools/hello", repository -> Foreign.image(repository, "new", "v2.0"));
        // The same layer in another repository than the one that the closed network has it in.
        open.use("tools/bye", repository -> Foreign.image(repository, "x".repeat(50_000), "v1.0"));
        Outcome export = done(open.manager("export", "--to", file, "--since", may, "-o", "json"));
        assertThat(export.json().path("base").asText()).isEqualTo(Layout.open(may)
                .digest()
                .toString());
        assertThat(Files.size(file)).isLessThan(20_000);

        Outcome early = closed.manager("import", file);
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).contains("content was left out of it that the target has not",
                "50000 bytes), needed in tools/bye, tools/hello",
                "import the export that it builds on",
                Layout.open(may).digest().toString());
        assertThat(closed.with("tools/hello", ExportImportTest::digests)).isEmpty();

        done(closed.manager("import", may));
        done(closed.manager("import", file));
        for (String path : List.of("tools/hello", "tools/bye")) {
            assertThat(closed.with(path, ExportImportTest::digests)).isEqualTo(open.with(path,
                    ExportImportTest::digests)).isNotEmpty();
        }
    }

    @Test
    void damagedArchivesAreRefused() throws IOException {
        open.use("tools/hello", repository -> {
            Foreign.image(repository, "first", "v1.0");
            Foreign.image(repository, "second", "v2.0");
        });
        done(open.manager("export", "--to", file));
        byte[] whole = Files.readAllBytes(file);
        int at = new String(whole, StandardCharsets.ISO_8859_1).indexOf("second");
        try (RandomAccessFile flipped = new RandomAccessFile(file.toFile(), "rw")) {
            flipped.seek(at);
            flipped.write('S');
        }
        Outcome outcome = closed.manager("import", file);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("nothing was written, as it is damaged", "sha256:")
                .doesNotContain("Exception");

        for (int size = 0; size < whole.length - 1024; size += 700) {
            Files.write(file, Arrays.copyOf(whole, size));
            assertThat(closed.manager("import", file).code()).isEqualTo(1);
        }
        assertThat(closed.with("tools/hello", ExportImportTest::digests)).isEmpty();
        Files.write(file, whole);
        done(closed.manager("import", file));
    }

    @Test
    void blobsOfAnotherSizeAreDamagedAndNotLeftOut() throws IOException {
        open.use("tools/hello", repository -> Foreign.image(repository, "cut short", "v1.0"));
        Path layout = folder.resolve("layout");
        done(open.manager("export", "--to", layout));
        Path blob = layout.resolve("blobs/sha256/" + Bytes.ofUtf8("cut short").digest().encoded());
        Files.writeString(blob, "cut");

        Outcome cut = closed.manager("import", layout);
        Files.delete(blob);
        Outcome lost = closed.manager("import", layout);

        assertThat(cut.code()).isEqualTo(1);
        assertThat(cut.err()).contains("it is damaged or not whole", "expected 9 bytes, found 3")
                .doesNotContain("left out");
        assertThat(lost.code()).isEqualTo(1);
        assertThat(lost.err()).contains("it lacks content, which the target has not either",
                "copy the layout once more").doesNotContain("left out", "--since");
    }

    @Test
    void failedExportKeepsWhatWasThere() throws IOException {
        open.use("tools/hello", repository -> Foreign.image(repository, "one", "v1.0"));
        done(open.manager("export", "--to", file));
        byte[] before = Files.readAllBytes(file);
        Descriptor image = open.with("tools/hello", repository -> Foreign.image(repository,
                "two", "v2.0"));
        Path blob = blob(open, "two");
        Files.delete(blob);

        Outcome failed = open.manager("export", "--to", file);
        assertThat(failed.code()).as(failed.out()).isEqualTo(1);
        assertThat(failed.err()).contains("Error: tools/hello tag v2.0", "Hint: ",
                "was not written");
        assertThat(file).hasBinaryContent(before);

        Files.writeString(blob, "two");
        done(open.manager("export", "--to", file));
        assertThat(Layout.open(file).exists(image)).isTrue();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(
                    "open", "closed", "tools.tar");
        }
    }

    /** The file of that blob in the registry. */
    private static Path blob(Network network, String text) throws IOException {
        String encoded = Bytes.ofUtf8(text).digest().encoded();
        try (Stream<Path> files = Files.walk(network.folder().resolve("registry"))) {
            return files.filter(Files::isRegularFile)
                    .filter(path -> path.toString()
                            .replace("/", "")
                            .contains(encoded))
                    .collect(Collectors.toList())
                    .getFirst();
        }
    }

    @Test
    void layoutsWithoutRepositoriesNeedAName() {
        LayoutStore store = LayoutStore.create(folder.resolve("theirs"));
        Descriptor image = Foreign.image(store, "theirs", "3");

        Outcome refused = closed.manager("import", folder.resolve("theirs"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("\"3\"", "--repository");
        done(closed.manager("import", folder.resolve("theirs"), "--repository", "base/alpine"));
        assertThat(closed.with("base/alpine", ExportImportTest::digests)).containsExactly(Map.entry(
                new Tag("3"), image.digest()));

        store.deleter().orElseThrow().untag(new Tag("3"));
        assertThat(closed.manager("import", folder.resolve("theirs"), "--repository", "base/x")
                .err()).contains("its manifest has no name");
        done(closed.manager("import", folder.resolve("theirs"), "--repository", "base/x:v1"));
        assertThat(closed.with("base/x", ExportImportTest::digests)).containsKey(new Tag("v1"));
    }

    @Test
    void layoutsAreNamedAsOtherProgramsNameThem() {
        open.with("tools/hello", Foreign::push);
        done(open.manager("export", "--to", "oci-archive:" + file));
        assertThat(file).isRegularFile();
        done(closed.manager("import", "oci-archive:" + file));
        done(open.manager("export", "--to", "oci:" + folder.resolve("layout")));
        assertThat(folder.resolve("layout/oci-layout")).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "export --to a.tar.gz", "export --to a.tar --since a.tar",
            "export --to a.tar --latest 0", "import", "import a.tar --repository UPPER"})
    void wrongUseIsExitCodeTwo(String arguments) {
        Outcome outcome = open.manager((Object[]) arguments.split(" "));
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("Error: ");
    }

    @Test
    void whatIsNoLayoutIsTold() throws IOException {
        assertThat(open.manager("import", file).err()).contains("no such file or folder");
        Files.writeString(file, "no tar");
        assertThat(open.manager("import", file).err()).startsWith("Error: cannot read archive");
    }
}
