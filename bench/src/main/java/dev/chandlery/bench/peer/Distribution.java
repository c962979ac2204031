package dev.chandlery.bench.peer;

import dev.chandlery.bench.process.ServerProcess;
import dev.chandlery.bench.process.Tool;
import dev.chandlery.bench.wire.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The distribution project's registry as Debian packages it, on its file system driver. It is set up to be
 * fast: nobody needs to log in, nothing is logged, descriptors are kept in memory.
 */
public final class Distribution implements Peer {
    private final Optional<Tool> tool = Tool.find("docker-registry");

    @Override
    public String name() {
        return "distribution";
    }

    @Override
    public String version() throws InterruptedException {
        return tool.isEmpty() ? "" : tool.get().run("--version").strip();
    }

    @Override
    public Optional<String> missing() {
        return tool.isPresent()
                ? Optional.empty()
                : Optional.of("docker-registry is not installed");
    }

    @Override
    public Skills skills() {
        return new Skills(true, false);
    }

    @Override
    public Site start(Path folder, Address address) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: "%s/content"}
                  delete: {enabled: true}
                  cache: {blobdescriptor: inmemory}
                http: {addr: "%s"}
                """.formatted(folder, address));
        List<String> command = List.of(tool.orElseThrow().file().toString(), "serve", file
                .toString());
        return new Site(this, folder, address, ServerProcess.start(command, Map.of(
                "OTEL_TRACES_EXPORTER", "none"), folder.resolve("log")), Site.Login.NONE);
    }
}
