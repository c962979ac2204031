package dev.chandlery.bench;

import dev.chandlery.bench.load.BlobPuts;
import dev.chandlery.bench.load.Gets;
import dev.chandlery.bench.load.Load;
import dev.chandlery.bench.peer.Nginx;
import dev.chandlery.bench.peer.Peer;
import dev.chandlery.bench.servers.JavaServer;
import dev.chandlery.bench.servers.ServedFiles;
import dev.chandlery.cli.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bench/run http-servers}. */
@Command(name = "http-servers", mixinStandardHelpOptions = true, description = {
        "Measure HTTP servers for Java without a registry behind them, and nginx.",
        "They send constant bytes, send a file, and hash what comes; nothing is stored."})
final class HttpServersBench implements Callable<Integer> {
    private static final int SOME = 64;
    private static final int MANY = 512;
    private static final int DOWNLOADS = 8;

    private final Console console;

    @Mixin
    private RunOptions options = new RunOptions();

    HttpServersBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Session(options, console, List.of("nginx"), List.of()).run(this::run);
    }

    private void run(Measurement measurement) throws IOException, InterruptedException {
        List<Peer> peers = new ArrayList<>(JavaServer.all());
        peers.add(new Nginx());
        measurement.start(peers);
        for (Load load : loads()) {
            measurement.measure(load);
        }
        measurement.measureStarts();
    }

    private static List<Load> loads() {
        ServedFiles files = new ServedFiles();
        return List.of(fixed("fixed-64", SOME, files), fixed("fixed-512", MANY, files),
                new Gets("file", "GET of a file of 64 MiB, " + DOWNLOADS + " connections",
                        ServedFiles.FILE, DOWNLOADS, true, files),
                new BlobPuts("upload", (connection, _, _, content) -> connection.send("PUT",
                        "/upload", "application/octet-stream", content)
                        .expect(200, "upload")));
    }

    private static Load fixed(String name, int connections, ServedFiles files) {
        return new Gets(name, "GET of the same 900 bytes, " + connections + " connections",
                ServedFiles.FIXED, connections, false, files);
    }
}
