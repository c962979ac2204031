package dev.chandlery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.store.LayoutStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one layout, and one that is killed. */
@Timeout(240)
class LayoutAcrossProcessesTest {
    private static final int COUNT = 25;

    @TempDir
    Path root;

    @Test
    void writersDoNotLoseEachOthersTags() throws Exception {
        List<Process> writers = List.of(write("a", COUNT), write("b", COUNT));
        LayoutStore ours = LayoutStore.create(root);
        for (int i = 0; i < COUNT; i++) {
            ours.tag(Samples.pushImage(ours, "c" + i), new Tag("c" + i));
        }
        for (Process writer : writers) {
            assertThat(writer.waitFor()).isZero();
        }

        assertThat(tags()).hasSize(3 * COUNT);
        everythingIsWhole();
    }

    @Test
    void killedWriterLeavesAWholeLayoutAndNoLock() throws Exception {
        Process writer = write("a", 100_000);
        try (BufferedReader progress = writer.inputReader()) {
            for (int i = 0; i < 10; i++) {
                assertThat(progress.readLine()).isEqualTo("a" + i);
            }
            writer.destroyForcibly().waitFor();
        }

        assertThat(tags()).hasSizeGreaterThanOrEqualTo(10).contains(new Tag("a9"));
        everythingIsWhole();
        LayoutStore again = LayoutStore.create(root);
        again.tag(Samples.pushImage(again, "b"), new Tag("b"));
        assertThat(tags()).contains(new Tag("b"));
    }

    private void everythingIsWhole() throws IOException {
        LayoutStore store = LayoutStore.open(root);
        for (Tag tag : tags()) {
            Manifests.find(store, tag)
                    .orElseThrow()
                    .manifest()
                    .successors()
                    .forEach(child -> assertThat(store.exists(child)).isTrue());
        }
        try (Stream<Path> blobs = Files.list(root.resolve("blobs/sha256"))) {
            for (Path blob : blobs.toList()) {
                assertThat(Digest.ofFile(Algorithm.SHA256, blob).encoded()).isEqualTo(blob
                        .getFileName()
                        .toString());
            }
        }
    }

    private List<Tag> tags() {
        try (Stream<Tag> tags = LayoutStore.open(root).tagLister().orElseThrow().tags()) {
            return tags.toList();
        }
    }

    private Process write(String prefix, int count) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty(
                        "java.class.path"), LayoutWriter.class.getName(), root.toString(), prefix,
                Integer.toString(count)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
