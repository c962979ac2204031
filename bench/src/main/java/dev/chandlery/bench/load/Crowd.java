package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Site;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that each do one operation after the other, all at the same time. */
record Crowd(int connections) {
    private static final int FIRST_TIMES = 1024;

    /** What each client does again and again. */
    @FunctionalInterface
    interface Operation {
        /** Does it once; how many bytes of content went over the wire. */
        long run(Connection connection) throws IOException;
    }

    /** Repeats the operation on every connection until the time is over. */
    Work run(Site site, String repository, Duration time, Operation operation)
            throws IOException, InterruptedException {
        List<Connection> open = connect(site, repository);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            long end = begin + time.toNanos();
            List<Future<Turns>> running = open.stream()
                    .map(c -> threads.submit(() -> repeat(c, end, operation)))
                    .toList();
            List<Turns> done = new ArrayList<>();
            for (Future<Turns> client : running) {
                done.add(client.get());
            }
            return work(System.nanoTime() - begin, done);
        } catch (ExecutionException e) {
            throw new IOException(site.peer().name() + ": " + e.getMessage(), e);
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    private List<Connection> connect(Site site, String repository) throws IOException {
        String headers = site.login().headers(repository);
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            open.add(Connection.open(site.address(), headers));
        }
        return open;
    }

    private static Turns repeat(Connection connection, long end, Operation operation)
            throws IOException {
        long[] times = new long[FIRST_TIMES];
        int count = 0;
        long bytes = 0;
        for (long now = System.nanoTime(); now < end;) {
            bytes += operation.run(connection);
            long after = System.nanoTime();
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = after - now;
            now = after;
        }
        return new Turns(Arrays.copyOf(times, count), bytes);
    }

    private static Work work(long nanos, List<Turns> done) {
        return Work.of(nanos, done.stream().mapToLong(Turns::bytes).sum(), done.stream()
                .flatMapToLong(t -> Arrays.stream(t.nanos()))
                .toArray());
    }

    private record Turns(@SuppressWarnings("ArrayRecordComponent") long[] nanos, long bytes) {}
}
