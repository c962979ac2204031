package dev.chandlery.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.concurrent.TaskScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    private static final int RUNS = 64;

    @TempDir
    Path parent;

    @Test
    void roomsOfKilledRunsGoAndHeldOnesStay() throws IOException {
        Path killed = Files.createDirectories(parent.resolve("run-killed/item-1"));
        Files.writeString(killed.resolve("file"), "x");
        Files.createFile(parent.resolve("run-killed/lock"));
        Files.createDirectories(parent.resolve("run-early"));
        Files.createDirectories(parent.resolve("other"));

        try (WorkFolder first = WorkFolder.open(parent); WorkFolder _ = WorkFolder.open(parent)) {
            Path item = first.newFolder();
            WorkFolder.open(parent).close();

            assertThat(item).isDirectory();
            assertThat(parent.resolve("run-killed")).doesNotExist();
            assertThat(parent.resolve("run-early")).doesNotExist();
        }
        assertThat(folders()).containsExactly(parent.resolve("other"));
    }

    @Test
    void aRoomInAFolderOfOthersLeavesNothingThere() throws IOException {
        Files.createDirectories(parent.resolve(".pull-old/item-1"));
        Files.setLastModifiedTime(parent.resolve(".pull-old"), FileTime.from(Instant.EPOCH));
        Files.createDirectories(parent.resolve(".pull-killed"));
        Files.createFile(parent.resolve(".pull-killed/lock"));
        Files.createDirectories(parent.resolve(".pull-beginning"));
        Files.writeString(parent.resolve(".pull-file"), "the user's own");

        try (WorkFolder room = WorkFolder.within(parent, ".pull-");
                WorkFolder _ = WorkFolder
                        .within(parent, ".pull-")) {
            assertThat(room.newFolder()).isDirectory();
        }

        assertThat(folders()).containsExactly(parent.resolve(".pull-beginning"));
        assertThat(parent.resolve(".pull-file")).exists();
        assertThat(parent.resolve("lock")).doesNotExist();
    }

    @Test
    void manyOpenAndCloseAtOnce() {
        List<Boolean> kept = TaskScope.mapAll("rooms", IntStream.range(0, RUNS).boxed().toList(),
                _ -> {
                    try (WorkFolder room = WorkFolder.open(parent)) {
                        Path item = room.newFolder();
                        WorkFolder.open(parent).close();
                        return Files.isDirectory(item);
                    }
                });

        assertThat(kept).hasSize(RUNS).containsOnly(true);
        assertThat(folders()).isEmpty();
    }

    private List<Path> folders() {
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
