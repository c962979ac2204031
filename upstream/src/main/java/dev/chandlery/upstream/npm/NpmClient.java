package dev.chandlery.upstream.npm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The npm that is installed; it is asked for its settings and for nothing else. */
final class NpmClient {
    private static final int SECONDS = 20;
    private static final int MAX_ANSWER = 4096;

    private NpmClient() {}

    /** The registry that it uses; empty when it is not installed or does not answer. */
    static Optional<String> registry(Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder("npm", "config", "get", "registry");
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        try {
            Process process = builder.start();
            Thread guard = Thread.ofVirtual().start(() -> endLate(process));
            try {
                process.getOutputStream().close();
                byte[] answer = process.getInputStream().readNBytes(MAX_ANSWER);
                boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
                String text = new String(answer, StandardCharsets.UTF_8).strip();
                return ended && process.exitValue() == 0 && text.startsWith("http")
                        ? Optional.of(
                                text)
                        : Optional.empty();
            } finally {
                guard.interrupt();
                process.destroyForcibly();
            }
        } catch (IOException _) {
            return Optional.empty(); // not installed
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Reading waits for the process's end, so another thread has to see to the limit. */
    private static void endLate(Process process) {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it answered in time
        }
    }
}
