package dev.chandlery.oci.client;

import dev.chandlery.oci.Registry;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Debian's {@code docker-registry} on a free port, with deletes allowed; closing ends it. */
final class DistributionProcess implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    private final Process process;
    private final int port;

    private DistributionProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static DistributionProcess start(Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no docker-registry on this machine");
        int port = freePort();
        Path config = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                http: {addr: 127.0.0.1:%d}
                """.formatted(folder.resolve("data"), port));
        Process process = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        DistributionProcess registry = new DistributionProcess(process, port);
        registry.awaitReady();
        return registry;
    }

    Registry registry() {
        return new Registry("127.0.0.1", port);
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            try {
                var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/v2/")
                        .toURL()
                        .openConnection();
                if (connection.getResponseCode() == 200) {
                    return;
                }
            } catch (java.net.ConnectException e) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    throw new IOException("docker-registry ended with " + process.exitValue(), e);
                }
            }
        }
        throw new IOException("docker-registry does not answer");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
