package dev.chandlery.scheduler.command;

import dev.chandlery.cli.metrics.Metrics;
import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.oci.http.TransportOptions.Timeouts;
import dev.chandlery.scheduler.alert.Alerts;
import dev.chandlery.scheduler.alert.Channel;
import dev.chandlery.scheduler.alert.Channels;
import dev.chandlery.scheduler.history.Store;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.lock.JobLocks;
import dev.chandlery.scheduler.measure.MeasuredChannel;
import dev.chandlery.scheduler.measure.MeasuredRuns;
import dev.chandlery.scheduler.run.Executions;
import dev.chandlery.scheduler.run.JobRunner;
import dev.chandlery.scheduler.run.Service;
import dev.chandlery.scheduler.run.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The scheduler's parts put together for one process. Closing it closes the history and the connections of
 * alerts; what runs must have ended.
 *
 * @param node name of this process
 * @param store of runs and incidents
 * @param locks of jobs
 * @param executions what runs now
 * @param service runs jobs
 * @param alerts told of what changes
 * @param session of alerts
 */
public record Wiring(String node, Store store, JobLocks locks, Executions executions,
        Service service, Alerts alerts, Session session)
        implements
        AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final RetryPolicy ONCE_MORE = new RetryPolicy(2, Duration.ofMillis(500),
            Duration.ofMillis(500), Duration.ofSeconds(2));

    /**
     * What differs between processes and tests.
     *
     * @param node name of this process
     * @param environment of it
     * @param clock of history and alerts
     * @param metrics of the process
     */
    public record World(String node, Map<String, String> environment, InstantSource clock,
            Metrics metrics) {

        /** One that nobody measures. */
        public World(String node, Map<String, String> environment, InstantSource clock) {
            this(node, environment, clock, Metrics.NONE);
        }

        /** Nothing of the environment. */
        @Override
        public String toString() {
            return node;
        }
    }

    /**
     * Opens the history and puts the rest together; nothing runs yet.
     *
     * @param config as it is now: asked anew for each run
     * @param jobs the work of each
     */
    public static Wiring open(Supplier<ConfigSpec> config, World world,
            Function<JobName, Job> jobs) {
        ConfigSpec first = config.get();
        Store store = Store.open(first, secrets(first, world.environment()));
        Session session = Session.of(first, world.environment(), Wiring::impatient);
        JobLocks locks = JobLocks.of(store);
        Alerts alerts = new Alerts(channels(first, session, world.metrics()), new Alerts.Limits(
                first
                        .primaryRegistry()
                        .label(), first.alerts().mostPerHour(), world.clock()), store.deliveries(),
                locks);
        Setting setting = new Setting(world.node(), world.clock(), Duration.ofDays(first.scheduler()
                .store()
                .historyDays()));
        Executions executions = new Executions(jobs, new MeasuredRuns(world.metrics(), world
                .clock()));
        JobRunner runner = new JobRunner(new JobRunner.Parts(store.history(), store.incidents(
                alerts.channels()), locks, alerts, setting), executions);
        return new Wiring(world.node(), store, locks, executions, new Service(config, runner, world
                .clock()), alerts, session);
    }

    /** Alerts wait for nobody for long: they are sent again later. */
    private static TransportOptions impatient(TransportOptions options) {
        return options.withTimeouts(new Timeouts(PATIENCE, PATIENCE, PATIENCE, options.timeouts()
                .progressBytes())).withRetry(ONCE_MORE);
    }

    /** When that job began last, of the runs that say how it is. */
    Optional<Instant> lastRun(JobName job) {
        return store.history().lastConclusive(job).map(run -> run.times().started());
    }

    /** Channels of registry.yaml; none where {@code alert_on_failure} is off. */
    private static SortedMap<String, Channel> channels(ConfigSpec config, Session session,
            Metrics metrics) {
        SortedMap<String, Channel> channels = new TreeMap<>();
        if (config.monitoring().alertOnFailure()) {
            Channels.of(config, session)
                    .forEach((name, channel) -> channels.put(name, MeasuredChannel.of(name,
                            channel, metrics)));
        }
        return channels;
    }

    /** Secrets that the configuration refers to. */
    static SecretTexts secrets(ConfigSpec config, Map<String, String> environment) {
        Path folder = Objects.requireNonNull(config.file().getParent());
        return new SecretTexts(environment, folder);
    }

    @Override
    public void close() {
        try (store) {
            session.close();
        }
    }
}
