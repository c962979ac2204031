package dev.chandlery.publisher.smoke;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ContentSpec;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.StorageException;
import dev.chandlery.publisher.pack.PackedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs a tool's entrypoint so that it tells its version: in a folder of its own, with no environment but a mark, no
 * input, and limits on time and output. What runs is upstream's program, with the rights of who runs the publisher: it
 * is believed before it is run, and run only when asked for.
 *
 * @param limit longest time that it may take
 */
public record SmokeTest(Duration limit) {
    /** What is used unless a test wants less. */
    public static final SmokeTest DEFAULT = new SmokeTest(Duration.ofSeconds(20));

    private static final int MOST_OUTPUT = 64 * 1024;
    private static final int SHOWN = 200;
    private static final int LOOK_EVERY_MILLIS = 20;

    /**
     * What is run.
     *
     * @param tool its name
     * @param version that it must tell
     * @param platform that it is for
     * @param content with the entrypoint, and the arguments that make it tell its version
     * @param files of the tool, on our disk
     */
    public record Subject(String tool, String version, PlatformName platform, ContentSpec content,
            List<PackedFile> files) {}

    /** Whether this machine runs programs of that platform. */
    public static boolean runsHere(PlatformName platform) {
        return PlatformName.find(Platform.host().toString())
                .filter(platform::equals)
                .isPresent();
    }

    /**
     * Runs it; of other platforms nothing is run.
     *
     * @param folder empty; the caller removes it
     * @throws MalformedContentException when it fails, does not end, or tells another version
     */
    public void run(Subject subject, Path folder) {
        if (!runsHere(subject.platform())) {
            return;
        }
        PackedFile program = program(subject);
        try {
            Path file = copy(program, folder);
            List<String> command = new ArrayList<>(List.of(file.toString()));
            command.addAll(subject.content().versionArguments());
            check(subject, start(subject, command, folder));
        } catch (IOException e) {
            throw refused(subject, "it cannot be started: " + e.getMessage());
        }
    }

    private static PackedFile program(Subject subject) {
        String wanted = subject.content().entrypoint().orElse(subject.tool()) + subject.platform()
                .executableSuffix();
        List<PackedFile> programs = subject.files()
                .stream()
                .filter(file -> file.machine()
                        .isPresent())
                .toList();
        Optional<PackedFile> named = programs.stream()
                .filter(file -> file.path().equals("bin/" + wanted))
                .findFirst();
        return named.or(() -> programs.stream().findFirst())
                .orElseThrow(() -> refused(subject,
                        "expected an executable to run, found none"));
    }

    private static Path copy(PackedFile program, Path folder) throws IOException {
        String name = program.path().substring(program.path().lastIndexOf('/') + 1);
        Path file = Files.copy(program.content(), Files.createDirectory(folder.resolve("bin"))
                .resolve(name));
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        return file;
    }

    /** What it printed. */
    private String start(Subject subject, List<String> command, Path folder) throws IOException {
        Path output = folder.resolve("output");
        Path work = Files.createDirectory(folder.resolve("work"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Files.createFile(folder.resolve(
                        "input")).toFile()));
        Family family = new Family();
        builder.environment().clear();
        builder.environment().putAll(family.environment());
        Process process = builder.start();
        try {
            await(subject, process, output, family);
            if (process.exitValue() != 0) {
                throw refused(subject, "expected exit code 0, got " + process.exitValue() + told(
                        read(output)));
            }
            return read(output);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot run " + subject.tool()
                    + ": interrupted");
        } finally {
            process.destroyForcibly();
            family.kill();
        }
    }

    /**
     * Output goes to a file, which is looked at again and again: one that grows without end is stopped.
     */
    private void await(Subject subject, Process process, Path output, Family family)
            throws InterruptedException, IOException {
        long end = System.nanoTime() + limit.toNanos();
        family.lookAt(process);
        while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            family.lookAt(process);
            if (System.nanoTime() > end) {
                throw refused(subject, "expected it to end within " + limit.toMillis()
                        + " ms, it is still running" + told(read(output)));
            }
            if (Files.size(output) > MOST_OUTPUT) {
                throw refused(subject, "expected at most " + MOST_OUTPUT
                        + " bytes of output, got more");
            }
        }
    }

    private static String read(Path output) throws IOException {
        try (InputStream in = Files.newInputStream(output)) {
            return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new StorageException("cannot read " + output, e);
        }
    }

    private static void check(Subject subject, String output) {
        Pattern version = Pattern.compile("(?<![0-9A-Za-z.])v?" + Pattern.quote(subject.version())
                + "(?![0-9A-Za-z]|\\.[0-9]|[-.~+]?(?i:rc|alpha|beta|pre|snapshot|dev))");
        if (!version.matcher(output).find()) {
            throw refused(subject, "expected version " + subject.version() + ", got"
                    + (output.isBlank() ? " nothing" : told(output)));
        }
    }

    private static String told(String output) {
        String line = output.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.isEmpty()
                ? ""
                : " \"" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line) + "\"";
    }

    private static MalformedContentException refused(Subject subject, String why) {
        return new MalformedContentException("cannot accept " + subject.tool() + " " + subject
                .version() + " for " + subject.platform() + ": run with " + String.join(" ", subject
                        .content()
                        .versionArguments()) + ", " + why);
    }
}
