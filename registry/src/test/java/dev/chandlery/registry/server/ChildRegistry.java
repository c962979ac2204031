package dev.chandlery.registry.server;

import dev.chandlery.oci.Registry;
import dev.chandlery.registry.command.RegistryProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A registry in a process of its own, which tests may kill; {@link #close} kills it as well. */
public final class ChildRegistry implements AutoCloseable {
    private static final String HEAP = "-Xmx1g";
    private static final Pattern LISTENING = Pattern.compile("listening on http://(\\S+) for .*");

    private final Process process;
    private final Registry registry;
    /** Its own temporary folder. */
    private final Path scratch;

    private ChildRegistry(Process process, Registry registry, Path scratch) {
        this.process = process;
        this.registry = registry;
        this.scratch = scratch;
    }

    /** Starts it; blocks until it listens. */
    public static ChildRegistry serve(Path folder) {
        return launch(List.of(), RegistryProgram.class, List.of(HEAP), serving(folder));
    }

    /** The same with little memory and one processor. */
    static ChildRegistry serveSmall(Path folder) {
        return launch(List.of(), RegistryProgram.class, List.of("-Xmx64m",
                "-XX:ActiveProcessorCount=1"), serving(folder));
    }

    /** Starts a program that prints as {@code registry serve} does. */
    public static ChildRegistry start(Class<?> main, String... args) {
        return launch(List.of(), main, List.of(HEAP), List.of(args));
    }

    /** The same on storage that takes no file larger than so many KiB; the system sees to it. */
    static ChildRegistry serveWithFilesUpTo(int kib, Path folder) {
        return launch(List.of("sh", "-c", "ulimit -f " + 2 * kib + " && exec \"$@\"", "sh"),
                RegistryProgram.class, List.of(HEAP), serving(folder));
    }

    private static List<String> serving(Path folder) {
        return List.of("serve", "--listen", "127.0.0.1:0", "--storage", folder.toString());
    }

    private static ChildRegistry launch(List<String> wrapper, Class<?> main, List<String> options,
            List<String> args) {
        Path scratch = newFolder();
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-XX:+UseSerialGC", "-Djava.io.tmpdir=" + scratch,
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp", System
                        .getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        try {
            Process process = new ProcessBuilder(command).redirectError(
                    ProcessBuilder.Redirect.INHERIT).start();
            return new ChildRegistry(process, address(process), scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Registry address(Process process) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(),
                StandardCharsets.UTF_8));
        String line = out.readLine();
        Matcher listening = LISTENING.matcher(String.valueOf(line));
        if (!listening.matches()) {
            process.destroyForcibly();
            throw new IllegalStateException("unexpected line: " + line);
        }
        return Registry.parse(listening.group(1));
    }

    public Registry registry() {
        return registry;
    }

    /** Where it makes temporary files; deleted when this is closed. */
    Path scratch() {
        return scratch;
    }

    /** As {@code kill -9}; blocks until it is gone. */
    public void kill() {
        process.destroyForcibly();
        waitFor();
    }

    /** As a service manager does; does not wait. */
    public void askToEnd() {
        process.destroy();
    }

    /** The same; the exit code, when it has ended. */
    public int terminate() {
        askToEnd();
        return waitFor();
    }

    private int waitFor() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("child-registry-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException _) {
            return; // closed before
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
