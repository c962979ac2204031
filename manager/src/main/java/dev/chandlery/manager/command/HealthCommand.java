package dev.chandlery.manager.command;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.OutputFormat;
import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.manager.health.HealthCheck;
import dev.chandlery.manager.health.HealthReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code manager health}. */
@Command(name = "health", mixinStandardHelpOptions = true, description = {
        "Ask the primary registry, try a write, and look at the cache.",
        "Prints one JSON document; exits 1 when the registry is unhealthy."}, footer = {"",
                "Examples:", "  manager health", "  manager health -o text"})
final class HealthCommand implements Callable<Integer> {
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
        try (Session session = Session.open(console, manager.global())) {
            HealthReport report = new HealthCheck(session).run();
            console.out()
                    .println(format == OutputFormat.json
                            ? Json.write(report.json())
                            : text(session, report));
            return report.isHealthy() ? ExitCode.DONE.code() : ExitCode.FAILED.code();
        }
    }

    private static String text(Session session, HealthReport report) {
        String registry = report.registry()
                .error()
                .orElseGet(() -> "answered in " + report
                        .registry()
                        .response()
                        .toMillis() + " ms, "
                        + report.registry().tags().orElse(0) + " tags, writable");
        String last = report.state().lastPublish().map(at -> ", last publish " + at).orElse("");
        return report.status() + "\n  registry " + session.config().primaryRegistry().url() + ": "
                + registry + last + "\n  cache " + session.config().cache().localCacheDir() + ": "
                + Sizes.bytes(report.cache().usage().bytes()) + " of " + Sizes.bytes(report.cache()
                        .maxBytes()) + (report.cache().writable()
                                ? ", writable"
                                : ", not writable");
    }
}
