package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFolderTest {
    @TempDir
    private Path folder;

    @Test
    void removesWhatAKilledViewLeftAndNothingElse() throws IOException {
        Path storage = Files.createDirectory(folder.resolve("storage"));
        try (ChildRegistry child = ChildRegistry.start(ViewProgram.class, storage.toString())) {
            Path scratch = child.scratch();
            Path left = only(scratch);
            try (PrivateFolder other = PrivateFolder.within(scratch)) {
                assertThat(left).as("it is in use").isDirectory();
                assertThat(folders(scratch)).contains(other.path());
            }
            child.kill();
            assertThat(only(scratch)).isEqualTo(left);
            Path foreign = Files.createDirectory(scratch.resolve("registry-of-others"));
            Path young = Files.createDirectory(scratch.resolve("chandlery-registry-young"));
            Path old = Files.createDirectory(scratch.resolve("chandlery-registry-old"));
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
            try (PrivateFolder first = PrivateFolder.within(scratch);
                    PrivateFolder second = PrivateFolder.within(scratch)) {
                assertThat(folders(scratch)).containsExactlyInAnyOrder(first.path(), second.path(),
                        foreign, young);
            }
            assertThat(folders(scratch)).containsExactlyInAnyOrder(foreign, young);
        }
    }

    @Test
    void leavesLinksAlone() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createFile(elsewhere.resolve("lock"));
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Files.createSymbolicLink(scratch.resolve("chandlery-registry-link"), elsewhere);
        PrivateFolder.within(scratch).close();
        assertThat(elsewhere.resolve("lock")).exists();
    }

    private static Path only(Path scratch) throws IOException {
        return folders(scratch).stream()
                .filter(f -> f.getFileName().toString().startsWith("chandlery-registry-"))
                .reduce((a, b) -> {
                    throw new AssertionError(a + " and " + b);
                })
                .orElseThrow();
    }

    private static List<Path> folders(Path scratch) throws IOException {
        try (Stream<Path> files = Files.list(scratch.toRealPath())) {
            return files.filter(Files::isDirectory).toList();
        }
    }
}
