package dev.chandlery.publisher.command;

import dev.chandlery.testkit.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The publisher in a process of its own, to be killed or starved. */
final class PublisherProcess {

    private PublisherProcess() {}

    /** @param options of the JVM */
    static Process start(Path folder, List<String> options, String... arguments)
            throws IOException {
        return start(List.of(), folder, options, arguments);
    }

    /** @param shell commands that run before the program, and take it as their arguments */
    static Process start(List<String> shell, Path folder, List<String> options, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(shell);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // SQLite unpacks its library there; a killed process leaves it behind.
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty(
                "java.class.path"), PublisherProgram.class.getName(), "--config", folder.resolve(
                        "registry.yaml").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(Signals.heedingInterrupts(command)).redirectErrorStream(true)
                .redirectOutput(folder.resolve(
                        "publisher.log").toFile())
                .start();
    }

    /** Exit code; the process is killed when it takes longer. */
    static int await(Process process, int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("the publisher took more than " + seconds + " s");
        }
        return process.exitValue();
    }
}
