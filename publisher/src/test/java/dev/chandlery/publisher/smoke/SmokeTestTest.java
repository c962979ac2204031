package dev.chandlery.publisher.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.Compression;
import dev.chandlery.config.tool.ContentSpec;
import dev.chandlery.config.tool.Packaging;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.publisher.pack.PackedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs are scripts here, which run where there is {@code /bin/sh}. */
class SmokeTestTest {
    private static final SmokeTest TEST = new SmokeTest(Duration.ofSeconds(60));

    @TempDir
    Path folder;

    @BeforeEach
    void requireShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "tool 1.2.3", "tool v1.2.3 (built)", "libtool 1.2.3-4",
            "a\\nversion: 1.2.3"})
    void theRightVersionIsAccepted(String output) {
        assertThatCode(() -> run("printf '" + output + "\\n'")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.30", "11.2.3", "1.2.3.4", "2.0.0", "", "1.2.3rc1"})
    void anotherVersionIsRefused(String output) {
        assertThatThrownBy(() -> run("printf '" + output + "\\n'")).isInstanceOf(
                MalformedContentException.class)
                .hasMessageContaining(
                        "cannot accept tool 1.2.3 for")
                .hasMessageContaining(
                        "run with --version, expected version 1.2.3, got");
    }

    @Test
    void failureIsRefused() {
        assertThatThrownBy(() -> run("echo oh no >&2; exit 3")).hasMessageContaining(
                "expected exit code 0, got 3 \"oh no\"");
        assertThatThrownBy(() -> run("kill -9 $$")).hasMessageContaining("expected exit code 0");
    }

    @Test
    void itHasNoEnvironmentNoInputAndItsOwnFolder() {
        assertThatCode(() -> run("""
                [ -z "$HOME$USER$CHANDLERY" ] || exit 1
                read line && exit 2
                [ -z "$(/bin/ls)" ] || exit 3
                [ "$1" = --version ] || exit 4
                echo 1.2.3""")).doesNotThrowAnyException();
    }

    @Test
    void whatDoesNotEndIsKilledWithItsChildren() throws IOException {
        Path pid = folder.resolve("pid");
        SmokeTest brief = new SmokeTest(Duration.ofSeconds(3)); // enough to begin on a busy machine

        assertThatThrownBy(() -> run(brief, "/bin/sleep 1000 &\necho $! > " + pid
                + "\nwait")).hasMessageContaining("expected it to end within 3000 ms");

        requireEnded(Files.readString(pid).strip());
    }

    /** Its parent ends at once, and it closes all that it got. */
    @Test
    void whatIsLeftBehindByAProgramThatEndsIsKilled() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/environ")), "processes show no environment");
        Path pid = folder.resolve("pid");

        assertThatCode(() -> run("((cd /; exec /bin/sleep 1000 <&- >&- 2>&-) & echo $! > " + pid
                + ")\necho 1.2.3")).doesNotThrowAnyException();

        requireEnded(Files.readString(pid).strip());
    }

    /** What is published is what was packed, not what the program made of itself. */
    @Test
    void whatItWritesIntoItsFolderChangesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("tool"), """
                #!/bin/sh
                echo evil > "$0"
                echo evil > file
                /bin/mkdir -p deep/er && /bin/ln -s / deep/link
                echo 1.2.3
                """);
        Path room = Files.createTempDirectory(folder, "run");
        TEST.run(new SmokeTest.Subject("tool", "1.2.3", PlatformName.host(), content(), List.of(
                new PackedFile("bin/tool", file, Files.size(file), Optional.of("SCRIPT")))), room);

        assertThat(file).content().contains("mkdir");
        assertThat(room.resolve("work/deep/link")).isSymbolicLink();
        WorkFolder.remove(room);
        assertThat(room).doesNotExist();
        assertThat(Path.of("/")).isNotEmptyDirectory();
    }

    private static void requireEnded(String child) throws IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (isRunning(child) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(isRunning(child)).isFalse();
    }

    /** What has ended stays a zombie where the first process of a container fetches no ended ones. */
    private static boolean isRunning(String pid) throws IOException {
        Path state = Path.of("/proc", pid, "stat");
        if (!Files.exists(Path.of("/proc/self/stat"))) {
            return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
        }
        try {
            return !Files.readString(state).replaceFirst("(?s).*\\) ", "").startsWith("Z");
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    @Test
    void outputWithoutEndIsStopped() {
        assertThatThrownBy(() -> run("while :; do echo 1.2.3 1.2.3 1.2.3 1.2.3 1.2.3; done"))
                .hasMessageContaining("bytes of output, got more");
    }

    @Test
    void otherPlatformsAreNotRun() {
        PlatformName other = PlatformName.all()
                .stream()
                .filter(name -> !SmokeTest.runsHere(name))
                .findFirst()
                .orElseThrow();

        assertThatCode(() -> TEST.run(new SmokeTest.Subject("tool", "1", other, content(), List
                .of()), folder)).doesNotThrowAnyException();
    }

    private void run(String script) throws IOException {
        run(TEST, script);
    }

    private void run(SmokeTest test, String script) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "script", ""), "#!/bin/sh\n"
                + script + "\n");
        test.run(new SmokeTest.Subject("tool", "1.2.3", PlatformName.host(), content(), List.of(
                new PackedFile("bin/tool", file, Files.size(file), Optional.of("SCRIPT")))), Files
                        .createTempDirectory(folder, "run"));
    }

    private static ContentSpec content() {
        return new ContentSpec(List.of(), List.of(), true, Packaging.OCI, Compression.GZIP, Optional
                .empty(), List.of("--version"), new TreeSet<>());
    }
}
