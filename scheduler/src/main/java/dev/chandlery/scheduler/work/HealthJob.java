package dev.chandlery.scheduler.work;

import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.manager.health.HealthCheck;
import dev.chandlery.manager.health.HealthReport;
import dev.chandlery.manager.health.RegistryHealth;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.oci.http.TransportOptions.Timeouts;
import dev.chandlery.scheduler.job.Finding;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the registries are well: what is not is found, and the check itself has done its work. */
record HealthJob(Workplace place) implements Job {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final RetryPolicy ONCE_MORE = new RetryPolicy(2, Duration.ofMillis(500),
            Duration.ofMillis(500), Duration.ofSeconds(2));

    @Override
    public Outcome run() {
        ConfigSpec config = place.config();
        try (Session session = place.session(HealthJob::impatient)) {
            HealthReport report = new HealthCheck(session).run();
            List<Finding> found = new ArrayList<>();
            finding(config.primaryRegistry().label(), report.registry()).ifPresent(found::add);
            report.backups()
                    .forEach((name, backup) -> finding(name, backup).ifPresent(found::add));
            if (!report.cache().isHealthy()) {
                found.add(new Finding(Finding.Kind.REGISTRY, "cache " + config.cache()
                        .localCacheDir(), report.cache().error().orElse("full or not writable")));
            }
            return new Outcome(Result.DONE, report.status() + ", answered in " + report.registry()
                    .response()
                    .toMillis() + " ms", found, Set.of(Finding.Kind.REGISTRY));
        }
    }

    private static Optional<Finding> finding(String name, RegistryHealth health) {
        return health.error().map(error -> new Finding(Finding.Kind.REGISTRY, name, error));
    }

    private static TransportOptions impatient(TransportOptions options) {
        return options.withTimeouts(new Timeouts(PATIENCE, PATIENCE, PATIENCE, options.timeouts()
                .progressBytes())).withRetry(ONCE_MORE);
    }
}
