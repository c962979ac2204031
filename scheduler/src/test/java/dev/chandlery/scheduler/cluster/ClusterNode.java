package dev.chandlery.scheduler.cluster;

import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.operation.JobKind;
import dev.chandlery.scheduler.command.Wiring;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.plan.JobPlans;
import dev.chandlery.scheduler.quartz.QuartzClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A node of a cluster as a process of its own. Its jobs write into a journal that all nodes share; the long
 * one goes on until a file says that it may end.
 */
public final class ClusterNode {
    static final String LONG_JOB = "cache-cleanup";

    private ClusterNode() {}

    /** Arguments: registry.yaml, the name of the node, milliseconds that its clock is off. */
    public static void main(String[] args) throws InterruptedException {
        ConfigSpec config = ConfigLoader.load(Path.of(args[0]), Map.of("HOME", "/nowhere"));
        String node = args[1];
        InstantSource clock = InstantSource.offset(Clock.systemUTC(), Duration.ofMillis(Long
                .parseLong(args[2])));
        Path folder = Path.of(args[0]).getParent();
        Wiring.World world = new Wiring.World(node, Map.of(), clock);
        try (Wiring wiring = Wiring.open(() -> config, world, name -> job(folder, node, name));
                QuartzClock quartz = QuartzClock.open(node, wiring.store().postgres(),
                        name -> wiring.store()
                                .history()
                                .lastConclusive(name)
                                .map(RunRecord::times)
                                .map(RunRecord.Times::started),
                        wiring.service()::fire)) {
            quartz.apply(JobPlans.of(config));
            quartz.start();
            new CountDownLatch(1).await();
        }
    }

    private static Job job(Path folder, String node, JobName name) {
        return () -> {
            note(folder, "begin " + name + " " + node);
            boolean waits = name.kind() == JobKind.CACHE_CLEANUP;
            while (waits && !Files.exists(folder.resolve("release"))) {
                Conditions.pause();
            }
            note(folder, "end " + name + " " + node);
            return Outcome.of(Result.DONE, "by " + node);
        };
    }

    /** Short lines that are appended at once do not mix. */
    private static void note(Path folder, String line) {
        try {
            Files.writeString(folder.resolve("journal"), line + "\n", StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
