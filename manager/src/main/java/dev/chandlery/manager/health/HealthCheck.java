package dev.chandlery.manager.health;

import dev.chandlery.cli.metrics.Metric;
import dev.chandlery.cli.metrics.Metrics;
import dev.chandlery.cli.metrics.Sample;
import dev.chandlery.cli.metrics.SampleLog;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.cli.state.RunState;
import dev.chandlery.cli.state.RunStateFile;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.concurrent.TaskScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Asks the registries, all at once, and looks at the cache. */
public final class HealthCheck {
    private static final System.Logger LOG = System.getLogger(HealthCheck.class.getName());
    /** Repository that is tried when no tool is configured. */
    private static final String PROBE = "health-check";

    private final Session session;

    public HealthCheck(Session session) {
        this.session = session;
    }

    /** What is wrong is in the report; nothing is thrown for it. */
    public HealthReport run() {
        ConfigSpec config = session.config();
        List<EndpointSpec> endpoints = new ArrayList<>(config.backupRegistries());
        endpoints.addFirst(config.primaryRegistry());
        List<RegistryHealth> registries = TaskScope.mapAll("health", endpoints, this::registry);
        SortedMap<String, RegistryHealth> backups = new TreeMap<>();
        for (int i = 1; i < endpoints.size(); i++) {
            backups.put(endpoints.get(i).address(), registries.get(i));
        }
        HealthReport report = new HealthReport(Instant.now(), registries.getFirst(), backups,
                CacheHealth.check(config.cache()), state(config), targets(config, registries
                        .getFirst()));
        measure(report);
        return report;
    }

    /** This check counts too; samples that cannot be kept are none, as {@link #state} has it. */
    private static List<TargetHealth> targets(ConfigSpec config, RegistryHealth primary) {
        SampleLog log = new SampleLog(config.cache().localCacheDir(), config.monitoring()
                .metricsRetentionDays());
        Instant now = Instant.now();
        List<Sample> samples = List.of();
        try {
            log.add(new Sample.Health(now, primary.isHealthy(), primary.response()));
            samples = log.read(now);
        } catch (StorageException _) {
            LOG.log(System.Logger.Level.DEBUG, "samples cannot be kept");
        }
        return TargetHealth.of(config.monitoring().targets(), samples);
    }

    private void measure(HealthReport report) {
        Metrics metrics = session.metrics();
        measure(session.config().primaryRegistry().address(), report.registry(), metrics);
        report.backups().forEach((address, backup) -> measure(address, backup, metrics));
        metrics.set(Metric.CACHE_SIZE, (double) report.cache().usage().bytes());
        metrics.set(Metric.CACHE_FILES, (double) report.cache().usage().files());
        metrics.set(Metric.CACHE_LIMIT, (double) report.cache().maxBytes());
        report.targets().forEach(target -> target.measure(metrics));
    }

    private static void measure(String address, RegistryHealth registry, Metrics metrics) {
        metrics.set(Metric.HEALTH, registry.isHealthy() ? 1 : 0, address);
        metrics.add(Metric.HEALTH_CHECKS, 1, address, registry.isHealthy() ? "up" : "down");
        metrics.record(Metric.HEALTH_RESPONSE, registry.response(), address);
    }

    /** Sums that cannot be read are none; that the cache is not well is told by its own check. */
    private static RunState state(ConfigSpec config) {
        try {
            return new RunStateFile(config.cache().localCacheDir()).read();
        } catch (StorageException _) {
            return RunState.NONE;
        }
    }

    private RegistryHealth registry(EndpointSpec endpoint) {
        long start = System.nanoTime();
        try (RegistryConnection registry = session.connect(endpoint, Access.READ_WRITE)) {
            start = System.nanoTime();
            registry.client().ping();
            Duration response = Duration.ofNanos(System.nanoTime() - start);
            return ask(registry.repository(probed(session.config())), response);
        } catch (OciException e) {
            return new RegistryHealth(Duration.ofNanos(System.nanoTime() - start), OptionalLong
                    .empty(), Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private static RegistryHealth ask(RemoteRepository repository, Duration response) {
        OptionalLong tags = OptionalLong.empty();
        try (Stream<Tag> listed = repository.tags()) {
            tags = OptionalLong.of(listed.count());
            repository.checkWritable();
            return new RegistryHealth(response, tags, Optional.of(true), Optional.empty());
        } catch (OciException e) {
            return new RegistryHealth(response, tags, Optional.of(false), Optional.of(String
                    .valueOf(e.getMessage())));
        }
    }

    /** The first tool that runs publish by themselves. */
    private static String probed(ConfigSpec config) {
        return config.publishing()
                .tools()
                .values()
                .stream()
                .filter(tool -> tool.autoPublish())
                .findFirst()
                .map(tool -> ToolNames.of(config.repositoryOf(tool), tool).path())
                .orElse(PROBE);
    }
}
