package dev.chandlery.manager.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.state.Counter;
import dev.chandlery.cli.state.RunState;
import dev.chandlery.cli.state.RunStateFile;
import dev.chandlery.manager.cache.CacheUsage;
import dev.chandlery.manager.health.HealthReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code manager metrics}. */
@Command(name = "metrics", mixinStandardHelpOptions = true, description = "Print sums over all runs that used this cache, and the cache's size, as JSON.", footer = {
        "", "Examples:", "  manager metrics"})
final class MetricsCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ManagerCommand manager = new ManagerCommand();

    MetricsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(console, manager.global())) {
            Path cache = session.config().cache().localCacheDir();
            RunState state = new RunStateFile(cache).read();
            CacheUsage usage = CacheUsage.of(cache);
            ObjectNode node = Json.object();
            for (Counter counter : Counter.values()) {
                node.put(counter.label(), state.count(counter));
            }
            node.put("cache_size_bytes", usage.bytes());
            node.put("cache_files", usage.files());
            node.put("cache_size_gb", HealthReport.gigabytes(usage.bytes()));
            console.out().println(Json.write(node));
            return ExitCode.DONE.code();
        }
    }
}
