package dev.chandlery.bench.copy.server;

import dev.chandlery.bench.process.ServerProcess;
import dev.chandlery.bench.wire.Address;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Our own registry as it is built, open to everybody, without the log of all requests. */
record CountedChandlery(Address address, ServerProcess process) implements CountedRegistry {

    /** Starts it over that folder and waits until it answers. */
    static CountedChandlery start(Path launcher, Path folder) throws IOException,
            InterruptedException {
        Address address = Address.free();
        Path log = folder.resolve("log");
        ServerProcess process = ServerProcess.start(List.of(launcher.toString(), "serve",
                "--storage", folder.resolve("content").toString(), "--listen", address.toString(),
                "--access-log", "off"), Map.of(), log);
        CountedChandlery registry = new CountedChandlery(address, process);
        registry.await(process, log);
        return registry;
    }

    @Override
    public Requests requests() throws IOException {
        try (Connection connection = Connection.open(address, "")) {
            return Requests.ofChandlery(connection.get("/metrics")
                    .expect(200, "read counts")
                    .text());
        }
    }

    @Override
    public boolean answers() {
        try (Connection connection = Connection.open(address, "")) {
            return connection.count("/v2/").status() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
