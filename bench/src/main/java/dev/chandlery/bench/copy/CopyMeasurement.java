package dev.chandlery.bench.copy;

import dev.chandlery.bench.copy.client.ClientRun;
import dev.chandlery.bench.copy.client.CopyClient;
import dev.chandlery.bench.copy.client.CopyTask;
import dev.chandlery.bench.copy.client.CopyTask.State;
import dev.chandlery.bench.copy.delay.DelayProxy;
import dev.chandlery.bench.copy.report.CopyCase;
import dev.chandlery.bench.copy.report.CopyResults;
import dev.chandlery.bench.copy.report.CopySample;
import dev.chandlery.bench.copy.server.CountedRegistry;
import dev.chandlery.bench.copy.server.RegistryKind;
import dev.chandlery.bench.copy.server.Requests;
import dev.chandlery.bench.copy.stock.Filling;
import dev.chandlery.bench.copy.stock.Item;
import dev.chandlery.bench.copy.stock.Item.Document;
import dev.chandlery.bench.copy.stock.Stock;
import dev.chandlery.bench.wire.Address;
import dev.chandlery.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Clients that copy a stock, in turns, each into a registry of its own that is new for every round: once when
 * it is empty, once when nothing is left to do, once when one tag has changed.
 */
public final class CopyMeasurement {
    private final Console console;
    private final Path folder;
    private final List<CopyClient> clients;
    private final Settings settings;
    private final CopyResults results = new CopyResults();
    private int changes;

    /**
     * How it is measured.
     *
     * @param limit longest time of a copy
     * @param checkout the folder of the whole project
     */
    public record Settings(int rounds, List<Integer> roundTrips, Set<State> states,
            Duration limit, RegistryKind source, RegistryKind target, Path checkout) {
        public Settings {
            roundTrips = List.copyOf(roundTrips);
            states = EnumSet.copyOf(states);
        }
    }

    public CopyMeasurement(Console console, Path folder, List<CopyClient> clients,
            Settings settings) {
        this.console = console;
        this.folder = folder;
        this.clients = List.copyOf(clients);
        this.settings = settings;
    }

    public CopyResults results() {
        return results;
    }

    /** Fills a source with the stock and measures all clients that copy it. */
    public void measure(Stock stock) throws IOException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve(stock.name()));
        try (CountedRegistry source = settings.source.start(settings.checkout, own)) {
            console.note(stock.name() + ": filling the source");
            try (Filling filling = new Filling(source.address())) {
                for (Document root : stock.roots()) {
                    filling.put(root);
                }
                for (int millis : settings.roundTrips) {
                    rounds(stock, source, filling, millis);
                }
            }
        } finally {
            remove(own);
        }
    }

    private void rounds(Stock stock, CountedRegistry source, Filling filling, int millis)
            throws IOException, InterruptedException {
        List<CopyClient> turns = new ArrayList<>(clients);
        for (int round = 1; round <= settings.rounds; round++) {
            for (CopyClient client : turns) {
                console.note(stock.name() + ", " + millis + " ms, round " + round + " of "
                        + settings.rounds + ": " + client.name());
                new Turn(stock, source, filling, client, millis).run();
            }
            // The next round begins with the client that was second.
            turns.add(turns.removeFirst());
        }
    }

    /** One client in one round. */
    private final class Turn {
        private final Stock stock;
        private final CountedRegistry source;
        private final Filling filling;
        private final CopyClient client;
        private final int millis;

        Turn(Stock stock, CountedRegistry source, Filling filling, CopyClient client,
                int millis) {
            this.stock = stock;
            this.source = source;
            this.filling = filling;
            this.client = client;
            this.millis = millis;
        }

        void run() throws IOException, InterruptedException {
            Path own = Files.createDirectories(folder.resolve("target"));
            try (CountedRegistry target = settings.target
                    .start(settings.checkout, own)) {
                if (!copy(target, State.EMPTY, Optional.empty())) {
                    return;
                }
                if (settings.states.contains(State.SAME)) {
                    copy(target, State.SAME, Optional.empty());
                }
                if (settings.states.contains(State.ONE_CHANGED)) {
                    Document changed = stock.change().apply(++changes);
                    filling.put(changed);
                    copy(target, State.ONE_CHANGED, Optional.of(changed));
                    filling.put(stock.roots().getFirst());
                }
            } finally {
                remove(own);
            }
        }

        private boolean copy(CountedRegistry target, State state, Optional<Document> changed)
                throws IOException, InterruptedException {
            CopyCase about = new CopyCase(stock.name(), millis, state);
            Path work = Files.createDirectories(folder.resolve("work"));
            Duration roundTrip = Duration.ofMillis(millis);
            try (DelayProxy there = new DelayProxy(source.address(), roundTrip);
                    DelayProxy here =
                            new DelayProxy(target.address(), roundTrip)) {
                Address from = millis == 0 ? source.address() : there.address();
                Address to = millis == 0 ? target.address() : here.address();
                results.add(about, client, sample(new CopyTask(stock, from, to, state, changed),
                        work, target));
                check(target, changed);
                return true;
            } catch (IOException e) {
                results.fail(about, client, String.valueOf(e.getMessage()));
                console.note(client.name() + " failed: " + e.getMessage());
                return false;
            } finally {
                remove(work);
            }
        }

        private CopySample sample(CopyTask task, Path work, CountedRegistry target)
                throws IOException, InterruptedException {
            Requests sourceBefore = source.requests();
            Requests targetBefore = target.requests();
            ClientRun run = client.copy(task, work, settings.limit);
            return new CopySample(run, Requests.sum(List.of(source.requests()
                    .since(sourceBefore)
                    .at("source"), target.requests().since(targetBefore).at("target"))));
        }

        private void check(CountedRegistry target, Optional<Document> changed)
                throws IOException {
            List<Document> expected = new ArrayList<>(stock.roots());
            changed.ifPresent(document -> expected.set(0, document));
            try (Filling filled = new Filling(target.address())) {
                for (Document root : expected) {
                    if (!root.isFallback()) {
                        filled.check(root);
                    } else if (client.copiesReferrers()) {
                        checkReferrers(filled, root);
                    }
                }
            }
        }
    }

    /** Where the target lists referrers by itself, clients need not copy the tag that does it elsewhere. */
    private void checkReferrers(Filling filled, Document list) throws IOException {
        if (settings.target == RegistryKind.DISTRIBUTION) {
            filled.check(list);
            return;
        }
        for (Item part : list.parts()) {
            if (part instanceof Document referrer) {
                filled.check(referrer);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
