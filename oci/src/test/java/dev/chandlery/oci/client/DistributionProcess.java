package dev.chandlery.oci.client;

import dev.chandlery.oci.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Debian's {@code docker-registry} on a port that it chooses, with deletes allowed; closing ends it. */
final class DistributionProcess implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final int port;

    private DistributionProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static DistributionProcess start(Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no docker-registry on this machine");
        Path config = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: info, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                http: {addr: "127.0.0.1:0"}
                """.formatted(folder.resolve("data")));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new DistributionProcess(process, awaitPort(process, log));
    }

    Registry registry() {
        return new Registry("127.0.0.1", port);
    }

    /** Which it writes down once it listens. */
    private static int awaitPort(Process process, Path log)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline) {
            Matcher listening = LISTENING.matcher(Files.readString(log,
                    StandardCharsets.ISO_8859_1));
            if (listening.find()) {
                return Integer.parseInt(listening.group(1));
            }
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IOException("docker-registry ended with " + process.exitValue());
            }
        }
        process.destroyForcibly();
        throw new IOException("docker-registry does not listen");
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
