package dev.chandlery.bench.copy.client;

import dev.chandlery.bench.copy.floor.Plan;
import dev.chandlery.bench.copy.floor.Sending;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The least that must be sent, by threads of this very process, which know it before and are warm.
 *
 * @param connections to each side
 */
public record Floor(int connections) implements CopyClient {
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public String version() {
        return "what must be sent, by threads of the benchmark, on " + connections
                + " connections to each side";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Role role() {
        return Role.FLOOR;
    }

    @Override
    public ClientRun copy(CopyTask task, Path folder, Duration limit)
            throws IOException, InterruptedException {
        Plan plan = switch (task.state()) {
            case EMPTY -> Plan.all(task.stock().roots());
            case SAME -> Plan.none(task.stock().roots());
            case ONE_CHANGED -> Plan.one(task.stock().roots(), task.changed().orElseThrow());
        };
        long begin = System.nanoTime();
        Duration cpu = new Sending(plan, task.source(), task.target()).run(connections);
        return new ClientRun((System.nanoTime() - begin) / NANOS_PER_SECOND, cpu.toNanos()
                / NANOS_PER_SECOND, 0);
    }
}
