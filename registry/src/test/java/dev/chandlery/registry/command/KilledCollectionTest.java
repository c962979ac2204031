package dev.chandlery.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.collect.Graphs;
import dev.chandlery.registry.collect.Served;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@code kill -9} in the middle of {@code registry gc}, beside a registry that answers. */
final class KilledCollectionTest {
    private static final int IMAGES = 120;
    private static final int[] KILLED_AFTER_LINES = {5, 150, 350};

    @TempDir
    private Path folder;
    @TempDir
    private Path scratch;

    @Test
    void leavesNothingBrokenBehindAndIsFinishedByTheNextOne() throws Exception {
        List<Digest> kept = new ArrayList<>();
        try (Served registry = Served.start(folder)) {
            for (int i = 0; i < IMAGES; i++) {
                Bytes layer = Bytes.ofUtf8("layer " + i);
                boolean tagged = i % 10 == 0;
                String reference = tagged ? "v" + i : Graphs.image(layer).digest().toString();
                Digest image = registry.pushImage("a", reference, layer);
                if (tagged) {
                    kept.add(layer.digest());
                    assertThat(image).isEqualTo(Graphs.image(layer).digest());
                }
            }
            for (int lines : KILLED_AFTER_LINES) {
                killGcAfter(lines);
                CommandRun check = CommandRun.of(folder, "fsck");
                assertThat(check.code()).as(check.out()).isZero();
                kept.forEach(layer -> assertThat(registry.hasBlob("a", layer)).isTrue());
            }
            CommandRun rest = CommandRun.of(folder, "gc", "--grace", "0s", "--untagged-after", "0s",
                    "-o", "json");
            assertThat(rest.code()).as(rest.err()).isZero();
            CommandRun again = CommandRun.of(folder, "gc", "--grace", "0s", "--untagged-after",
                    "0s", "-o", "json");
            assertThat(again.json().findValuesAsText("count")).containsOnly("0");
            for (int i = 0; i < IMAGES; i += 10) {
                assertThat(registry.hasManifest("a", "v" + i)).isTrue();
            }
            assertThat(CommandRun.of(folder, "scrub").code()).isZero();
        }
    }

    private void killGcAfter(int lines) throws IOException, InterruptedException {
        Process gc = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Djava.io.tmpdir=" + scratch, "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                RegistryProgram.class.getName(), "gc", "--grace", "0s", "--untagged-after", "0s",
                "-v", "--storage", folder.toString()).redirectErrorStream(true).start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(gc.getInputStream(),
                StandardCharsets.UTF_8))) {
            int seen = 0;
            while (seen < lines && out.readLine() != null) {
                seen++;
            }
        } finally {
            gc.destroyForcibly();
            gc.waitFor();
        }
    }
}
