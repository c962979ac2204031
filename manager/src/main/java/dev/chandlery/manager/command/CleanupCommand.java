package dev.chandlery.manager.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.FormatOption;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.metrics.Metric;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.operation.CacheSpec;
import dev.chandlery.manager.cache.CacheCleaner;
import dev.chandlery.manager.cache.CacheCleanup;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code manager cleanup}. */
@Command(name = "cleanup", mixinStandardHelpOptions = true, description = {
        "Drop blobs of the local cache that were not used for long, and the longest unused ones until it fits max_cache_size_gb.",
        "What killed runs left behind goes too. Registries are not touched."}, footer = {"",
                "Examples:", "  manager cleanup --dry-run", "  manager cleanup --older-than 30"})
final class CleanupCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ManagerCommand manager = new ManagerCommand();

    @Option(names = "--older-than", paramLabel = "DAYS", description = "Days without use; default: cleanup_older_than_days of registry.yaml.")
    private @Nullable Integer days;

    @Option(names = "--dry-run", description = "Tell what would go; drop nothing.")
    private boolean dryRun;

    @Mixin
    private FormatOption format = new FormatOption();

    CleanupCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(console, manager.global())) {
            CacheSpec spec = session.config().cache();
            int limit = days != null ? days : spec.cleanupOlderThanDays();
            if (limit < 0) {
                throw new CommandException(ExitCode.USAGE, "--older-than must be 0 or more, got "
                        + limit);
            }
            CacheCleanup cleanup = new CacheCleanup(spec);
            CacheCleaner.Plan plan = cleanup.plan(Instant.now(), limit);
            if (!dryRun) {
                cleanup.apply(plan);
            }
            print(plan);
            session.metrics()
                    .set(Metric.CACHE_SIZE, (double) plan.kept() + (dryRun ? plan.bytes() : 0));
            return session.metrics().ended(ExitCode.DONE);
        }
    }

    private void print(CacheCleaner.Plan plan) {
        if (format.json()) {
            console.out()
                    .println(Json.write(Json.object()
                            .put("dry_run", dryRun)
                            .put(
                                    "removed_files", plan.files().size())
                            .put("removed_bytes", plan.bytes())
                            .put("kept_bytes", plan.kept())));
            return;
        }
        console.out()
                .println((dryRun ? "Would remove " : "Removed ") + plan.files().size()
                        + (plan.files().size() == 1 ? " file" : " files") + ", " + Sizes.bytes(plan
                                .bytes()) + "; " + Sizes.bytes(plan.kept()) + " kept");
    }
}
