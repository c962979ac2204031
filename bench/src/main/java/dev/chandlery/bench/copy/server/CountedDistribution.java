package dev.chandlery.bench.copy.server;

import dev.chandlery.bench.process.ServerProcess;
import dev.chandlery.bench.process.Tool;
import dev.chandlery.bench.wire.Address;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The distribution project's registry as Debian packages it, which counts its requests and shows the counts
 * at a port of their own.
 */
final class CountedDistribution implements CountedRegistry {
    private final Address address;
    private final Address counts;
    private final ServerProcess process;

    private CountedDistribution(Address address, Address counts, ServerProcess process) {
        this.address = address;
        this.counts = counts;
        this.process = process;
    }

    /** Starts it over that folder and waits until it answers. */
    static CountedDistribution start(Path folder) throws IOException, InterruptedException {
        Address address = Address.free();
        Address counts = Address.free();
        Path file = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: "%s/content", maxthreads: 1000}
                  delete: {enabled: true}
                  cache: {blobdescriptor: inmemory}
                http:
                  addr: "%s"
                  debug: {addr: "%s", prometheus: {enabled: true, path: /metrics}}
                """.formatted(folder, address, counts));
        String program = Tool.find("docker-registry").orElseThrow().file().toString();
        ServerProcess process = ServerProcess.start(List.of(program, "serve", file.toString()), Map
                .of("OTEL_TRACES_EXPORTER", "none"), folder.resolve("log"));
        CountedDistribution registry = new CountedDistribution(address, counts, process);
        registry.await(process, folder.resolve("log"));
        return registry;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Requests requests() throws IOException {
        try (Connection connection = Connection.open(counts, "")) {
            return Requests.ofDistribution(connection.get("/metrics")
                    .expect(200, "read counts")
                    .text());
        }
    }

    @Override
    public boolean answers() {
        try (Connection connection = Connection.open(address, "");
                Connection other = Connection
                        .open(counts, "")) {
            return connection.count("/v2/").status() == 200 && other.count("/metrics")
                    .status() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
