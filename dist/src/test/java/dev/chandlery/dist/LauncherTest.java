package dev.chandlery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script itself, with a Java that only says what it was given. */
@EnabledIf(value = "hasShell", disabledReason = "launchers are scripts for a POSIX shell")
class LauncherTest {
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";
    private static final Path LAUNCHERS = Path.of(System.getProperty("chandlery.root", ".."),
            "dist/src/main/launcher");

    @TempDir
    Path folder;

    static boolean hasShell() {
        return Files.isExecutable(Path.of("/bin/sh"));
    }

    @BeforeEach
    void layOut() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Files.copy(LAUNCHERS.resolve("java.sh"), lib.resolve("java.sh"));
        for (LaidOutProgram program : LaidOutProgram.ALL) {
            Files.writeString(lib.resolve(program.name() + ".options"), program.optionsFile());
            script(folder.resolve("bin").resolve(program.name()), Files.readString(LAUNCHERS
                    .resolve("program.sh")));
        }
        script(folder.resolve("java/bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.writeString(folder.resolve("java/release"),
                "JAVA_VERSION=\"25.0.1\"\nJAVA_RUNTIME_VERSION=\"25.0.1+8\"\n");
    }

    @Test
    void shortCommandsRunWithTheFirstCompilerAlone() throws Exception {
        assertThat(launch("manager", "health")).contains(FIRST_COMPILER).endsWith("health");
        assertThat(launch("manager", "--help")).contains(FIRST_COMPILER);
    }

    @Test
    void commandsThatHashMuchRunWithBothCompilers() throws Exception {
        for (String command : List.of("migrate", "mirror", "export", "import", "pull", "verify")) {
            assertThat(launch("manager", "--verbose", command, "x")).doesNotContain(FIRST_COMPILER)
                    .contains("-XX:Tier4InvocationThreshold=100000", "-XX:+UseSerialGC");
        }
    }

    @Test
    void commandsThatRunLongerHaveACacheOfTheirOwn() throws Exception {
        Path aot = Files.createDirectories(folder.resolve("aot"));
        Files.createFile(aot.resolve("short.aot"));
        Files.createFile(aot.resolve("long.aot"));
        Files.writeString(aot.resolve("manager.properties"), """
                java.home=/nowhere
                java.runtime=25.0.1+8
                cache=short.aot
                cache.longer=long.aot
                """);
        assertThat(launch("manager", "health")).anyMatch(option -> option.matches(
                "-XX:AOTCache=.*/aot/short\\.aot"));
        assertThat(launch("manager", "migrate")).anyMatch(option -> option.matches(
                "-XX:AOTCache=.*/aot/long\\.aot"));
        Files.delete(aot.resolve("long.aot"));
        assertThat(launch("manager", "migrate")).noneMatch(option -> option.startsWith(
                "-XX:AOTCache"));
        Files.writeString(folder.resolve("java/release"),
                "JAVA_VERSION=\"25.0.2\"\nJAVA_RUNTIME_VERSION=\"25.0.2+1\"\n");
        assertThat(launch("manager", "health")).noneMatch(option -> option.startsWith(
                "-XX:AOTCache"));
    }

    @Test
    void serversHaveABoundedHeap() throws Exception {
        assertThat(launch("registry", "serve")).contains("-Xmx192m").doesNotContain(FIRST_COMPILER);
        assertThat(launch("scheduler", "run")).contains("-Xmx512m");
        assertThat(launch("publisher")).contains("-XX:+UseSerialGC").doesNotContain(FIRST_COMPILER);
    }

    @Test
    void argumentsArriveAsTheyWereGiven() throws Exception {
        assertThat(launch("manager", "pull", "a b", "*", "", "$HOME")).endsWith("pull", "a b", "*",
                "", "$HOME");
    }

    private List<String> launch(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(folder.resolve("bin")
                .resolve(program)
                .toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CHANDLERY_JAVA_HOME", folder.resolve("java").toString());
        builder.environment().remove("CHANDLERY_JAVA_OPTS");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return List.of(said.split("\n", -1)).subList(0, said.split("\n", -1).length - 1);
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
