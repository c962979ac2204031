package dev.chandlery.manager.command;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.OutputFormat;
import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.manager.health.CacheHealth;
import dev.chandlery.manager.health.HealthCheck;
import dev.chandlery.manager.health.HealthReport;
import dev.chandlery.manager.health.RegistryHealth;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.oci.http.TransportOptions.Timeouts;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code manager health}. */
@Command(name = "health", mixinStandardHelpOptions = true, description = {
        "Ask the registries, try a write, and look at the cache.",
        "Prints one JSON document; exits 1 when the primary registry is unhealthy. A backup registry or a cache that is not well is \"degraded\" and exits 0.",
        "A registry that is silent for 4 seconds is unhealthy."}, footer = {"",
                "Examples:", "  manager health", "  manager health -o text"})
final class HealthCommand implements Callable<Integer> {
    /** Longest silence of a registry. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final RetryPolicy ONCE_MORE = new RetryPolicy(2, Duration.ofMillis(200),
            Duration.ofMillis(200), Duration.ofSeconds(1));

    private final Console console;

    @ParentCommand
    private ManagerCommand manager = new ManagerCommand();

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", defaultValue = "json", description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.json;

    HealthCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(console, manager.global(),
                HealthCommand::impatient)) {
            HealthReport report = new HealthCheck(session).run();
            console.out()
                    .println(format == OutputFormat.json
                            ? Json.write(report.json())
                            : text(session, report));
            return session.metrics()
                    .ended(report.isHealthy() ? ExitCode.DONE : ExitCode.FAILED);
        }
    }

    /** An answer that comes late is of no use to who watches. */
    private static TransportOptions impatient(TransportOptions options) {
        Timeouts timeouts = new Timeouts(PATIENCE, PATIENCE, PATIENCE, options.timeouts()
                .progressBytes());
        return options.withTimeouts(timeouts).withRetry(ONCE_MORE);
    }

    private static String text(Session session, HealthReport report) {
        StringBuilder text = new StringBuilder(report.status());
        text.append("\n  registry ").append(session.config().primaryRegistry().url());
        text.append(": ").append(text(report.registry()));
        report.state().lastPublish().ifPresent(at -> text.append(", last publish ").append(at));
        report.backups()
                .forEach((url, backup) -> text.append("\n  backup ")
                        .append(url)
                        .append(": ")
                        .append(text(backup)));
        CacheHealth cache = report.cache();
        text.append("\n  cache ")
                .append(session.config().cache().localCacheDir())
                .append(": ")
                .append(Sizes.bytes(cache.usage().bytes()))
                .append(" of ")
                .append(Sizes.bytes(cache.maxBytes()))
                .append(cache.writable() ? ", writable" : ", not writable");
        report.targets().forEach(target -> text.append("\n  target ").append(target.text()));
        return text.toString();
    }

    private static String text(RegistryHealth registry) {
        return registry.error()
                .orElseGet(() -> "answered in " + registry.response().toMillis() + " ms, "
                        + registry.tags().orElse(0) + " tags, writable");
    }
}
