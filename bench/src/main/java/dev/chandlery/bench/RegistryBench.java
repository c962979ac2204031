package dev.chandlery.bench;

import dev.chandlery.bench.load.BlobPuts;
import dev.chandlery.bench.load.Gets;
import dev.chandlery.bench.load.Image;
import dev.chandlery.bench.load.Load;
import dev.chandlery.bench.load.ReferrerListing;
import dev.chandlery.bench.load.SmallPushes;
import dev.chandlery.bench.load.TagListing;
import dev.chandlery.bench.peer.Chandlery;
import dev.chandlery.bench.peer.Distribution;
import dev.chandlery.bench.peer.Nginx;
import dev.chandlery.bench.peer.Peer;
import dev.chandlery.bench.report.Goal;
import dev.chandlery.cli.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run registry}. */
@Command(name = "registry", mixinStandardHelpOptions = true, description = {
        "Measure this project's registry, Debian's docker-registry, and nginx with the same content as files.",
        "chandlery is ours with logins, chandlery-open without; both write durably, the others do not. Servers that are not installed are left out."})
final class RegistryBench implements Callable<Integer> {
    private static final String OURS = "chandlery";
    private static final int SOME = 64;
    private static final int MANY = 512;
    private static final int DOWNLOADS = 8;

    private final Console console;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--variant", paramLabel = "NAME=OPTIONS", description = "Ours without logins once more under that name, with these options more for its JVM.")
    private Map<String, String> variants = new LinkedHashMap<>();

    @Option(names = "--checkout", paramLabel = "NAME=DIR", description = "Ours without logins once more under that name, from another checkout of it that is built.")
    private Map<String, Path> checkouts = new LinkedHashMap<>();

    RegistryBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Session(options, console, List.of("distribution", "nginx"), Goal.ofRegistry(
                OURS)).run(this::run);
    }

    private void run(Measurement measurement) throws IOException, InterruptedException {
        measurement.start(peers());
        for (Load load : loads()) {
            measurement.measure(load);
        }
        measurement.measureStarts();
    }

    private List<Peer> peers() {
        Path checkout = Path.of(System.getProperty("chandlery.checkout", "."));
        List<Peer> peers = new ArrayList<>(List.of(Chandlery.withLogins(OURS, checkout),
                Chandlery.open(OURS + "-open", checkout)));
        variants.forEach((name, jvm) -> peers.add(Chandlery.open(name, checkout).jvm(jvm)));
        checkouts.forEach((name, other) -> peers.add(Chandlery.open(name, other)));
        peers.add(new Distribution());
        peers.add(new Nginx());
        return peers;
    }

    private static List<Load> loads() {
        Image image = new Image();
        return List.of(
                manifest("manifest-digest-64", "by digest", image.byDigest(), SOME, image),
                manifest("manifest-digest-512", "by digest", image.byDigest(), MANY, image),
                manifest("manifest-tag-64", "by tag", image.byTag(), SOME, image),
                manifest("manifest-tag-512", "by tag", image.byTag(), MANY, image),
                new Gets("blob-get", "GET of a blob of 64 MiB, " + DOWNLOADS + " connections",
                        image.blob(), DOWNLOADS, true, image),
                new BlobPuts(), new SmallPushes(), new TagListing(), new ReferrerListing());
    }

    private static Load manifest(String name, String how, String target, int connections,
            Image image) {
        return new Gets(name, "GET of a manifest of 0.9 KiB " + how + ", " + connections
                + " connections", target, connections, false, image);
    }
}
