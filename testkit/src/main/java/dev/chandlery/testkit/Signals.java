package dev.chandlery.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Signals to programs that tests start. */
public final class Signals {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    private static final long INTERRUPT_BIT = 1L << 1;

    private Signals() {}

    /**
     * The command, so that it heeds SIGINT: a shell that starts a build in the background lets all of it ignore
     * that signal, as a JVM then does too.
     */
    public static List<String> heedingInterrupts(List<String> command) {
        return isInterruptIgnored()
                ? Stream.concat(Stream.of("env", "--default-signal=INT"), command.stream()).toList()
                : command;
    }

    /**
     * Sends a signal, by the shell's own {@code kill}, as not every machine has the program.
     *
     * @param name without {@code SIG}
     */
    public static void send(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + process.pid()).inheritIO()
                .start()
                .waitFor();
    }

    private static boolean isInterruptIgnored() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(IGNORED))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(IGNORED.length())
                            .strip(), 16) & INTERRUPT_BIT) != 0);
        } catch (IOException _) {
            return false; // no Linux
        }
    }
}
