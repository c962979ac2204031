package dev.chandlery.bench;

import dev.chandlery.bench.load.Load;
import dev.chandlery.bench.load.Work;
import dev.chandlery.bench.peer.Peer;
import dev.chandlery.bench.peer.Site;
import dev.chandlery.bench.report.Results;
import dev.chandlery.bench.report.Sample;
import dev.chandlery.bench.report.Setup;
import dev.chandlery.bench.report.StartUps;
import dev.chandlery.bench.wire.Address;
import dev.chandlery.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Servers, measured in turns, so that what else the machine does hits all of them alike. All run all the
 * time; who is not asked sleeps.
 */
final class Measurement implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final RunOptions options;
    private final Console console;
    private final Path folder;
    private final Setup setup = Setup.here();
    private final Results results = new Results();
    private final List<Site> sites = new ArrayList<>();

    Measurement(RunOptions options, Console console, Path folder) {
        this.options = options;
        this.console = console;
        this.folder = folder;
    }

    Setup setup() {
        return setup;
    }

    Results results() {
        return results;
    }

    /** Starts those that are wanted and there. */
    void start(List<Peer> peers) throws IOException, InterruptedException {
        for (Peer peer : peers) {
            if (!options.wantsServer(peer.name())) {
                continue;
            }
            if (peer.missing().isPresent()) {
                setup.left().put(peer.name(), peer.missing().get());
                console.note(peer.name() + " is left out: " + peer.missing().get());
                continue;
            }
            setup.versions().put(peer.name(), peer.version());
            Path own = Files.createDirectories(folder.resolve(peer.name()));
            sites.add(peer.start(own, Address.free()).await());
        }
    }

    /** Measures all servers that can do it. */
    void measure(Load load) throws IOException, InterruptedException {
        if (!options.wantsLoad(load.name())) {
            return;
        }
        List<Site> able = new ArrayList<>(sites.stream()
                .filter(s -> load.suits(s.peer().skills()))
                .toList());
        for (Site site : able) {
            console.note(load.name() + ": preparing " + site.peer().name());
            load.fill(site);
            if (options.warmUp().isPositive()) {
                load.run(site, options.warmUp());
            }
        }
        for (int round = 1; round <= options.rounds(); round++) {
            console.note(load.name() + ": round " + round + " of " + options.rounds());
            for (Site site : able) {
                results.add(load.name(), load.what(), site.peer().name(), sample(load, site));
            }
            // The next round begins with the server that was second.
            able.add(able.removeFirst());
        }
    }

    private Sample sample(Load load, Site site) throws IOException, InterruptedException {
        site.process().resetPeak();
        double before = site.process().cpuSeconds();
        Work work = load.run(site, options.time());
        return new Sample(work, site.process().cpuSeconds() - before, site.process()
                .memory()
                .peak());
    }

    /** Ends and starts each server again, over all that it stored, and takes the time to its first answer. */
    void measureStarts() throws IOException, InterruptedException {
        if (!options.wantsLoad(StartUps.NAME)) {
            return;
        }
        for (int round = 1; round <= options.rounds(); round++) {
            console.note(StartUps.NAME + ": round " + round + " of " + options.rounds());
            for (int i = 0; i < sites.size(); i++) {
                Site old = sites.get(i);
                old.close();
                long begin = System.nanoTime();
                Site site = old.peer().start(old.folder(), old.address()).await();
                sites.set(i, site);
                results.add(StartUps.NAME, "from the start of the process to its first answer",
                        site.peer().name(), started(site, System.nanoTime() - begin));
            }
        }
    }

    private static Sample started(Site site, long nanos) {
        Duration time = Duration.ofNanos(nanos);
        double millis = time.toNanos() / 1e6;
        return new Sample(new Work(nanos / NANOS_PER_SECOND, 1, 0, millis, millis), site.process()
                .cpuSeconds(), site.process().memory().peak());
    }

    @Override
    public void close() {
        sites.forEach(Site::close);
    }
}
