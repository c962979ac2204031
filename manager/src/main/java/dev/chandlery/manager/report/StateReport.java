package dev.chandlery.manager.report;

import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.manager.health.HealthCheck;
import dev.chandlery.manager.health.HealthReport;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.concurrent.TaskScope;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of everything, as it is shown.
 *
 * @param registry address of the primary registry
 * @param health of registries and cache, and the targets
 * @param tools in the order of their names
 * @param bundles in the order of their names
 * @param runs the last ones, newest first
 * @param next when jobs are due
 * @param incidents that nobody resolved yet
 * @param storedBytes of an embedded registry's folder; empty for others, which do not tell
 */
record StateReport(String registry, HealthReport health, List<ToolState> tools,
        List<BundleState> bundles, List<RunHistory.Run> runs, List<RunHistory.Due> next,
        List<RunHistory.Incident> incidents, OptionalLong storedBytes) {
    private static final int MOST_RUNS = 20;
    private static final long MOST_DAYS_AS_DAYS = 60;
    private static final long DAYS_IN_MONTH = 30;
    private static final long DAYS_IN_YEAR = 365;

    StateReport {
        tools = List.copyOf(tools);
        bundles = List.copyOf(bundles);
        runs = List.copyOf(runs);
        next = List.copyOf(next);
        incidents = List.copyOf(incidents);
    }

    /**
     * Asks everybody; what cannot be read is told where it would stand.
     *
     * @param versions most of each tool that are looked at
     */
    static StateReport make(Session session, RunHistory history, int versions) {
        ConfigSpec config = session.config();
        HealthReport health = new HealthCheck(session).run();
        EndpointSpec primary = config.primaryRegistry();
        return new StateReport(primary.address(), health, tools(session, versions),
                bundles(session), history.last(
                        MOST_RUNS), history.next(), history.incidents(), primary.embedded()
                                ? size(primary.storage())
                                : OptionalLong.empty());
    }

    private static List<ToolState> tools(Session session, int versions) {
        List<ToolSpec> tools = List.copyOf(session.config().publishing().tools().values());
        try (RegistryConnection registry = session.primary(Access.READ_ONLY)) {
            ToolReader reader = new ToolReader(session.config(), registry, versions);
            return TaskScope.mapAll("report", tools, reader::read);
        } catch (OciException e) {
            Optional<String> error = Optional.of(String.valueOf(e.getMessage()));
            return tools.stream()
                    .map(tool -> new ToolState(tool.name(), List.of(), 0, error))
                    .toList();
        }
    }

    private static List<BundleState> bundles(Session session) {
        ConfigSpec config = session.config();
        List<BundleSpec> bundles = List.copyOf(config.bundles().values());
        if (bundles.isEmpty()) {
            return List.of();
        }
        try (RegistryConnection registry = session.primary(Access.READ_ONLY)) {
            return TaskScope.mapAll("report", bundles, bundle -> BundleState.read(registry, config,
                    bundle));
        } catch (OciException e) {
            return bundles.stream().map(bundle -> BundleState.unread(bundle, e)).toList();
        }
    }

    private static OptionalLong size(Path folder) {
        long[] sum = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // gone meanwhile
                }
            });
            return OptionalLong.of(sum[0]);
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    /** How long ago, such as {@code 12 days}; empty when it is not known. */
    String age(Optional<Instant> released) {
        return released.map(at -> words(Duration.between(at, health.at()))).orElse("");
    }

    private static String words(Duration age) {
        long days = age.toDays();
        if (days < 1) {
            return age.isNegative() ? "" : "today";
        }
        if (days <= MOST_DAYS_AS_DAYS) {
            return days == 1 ? "1 day" : days + " days";
        }
        return days < 2 * DAYS_IN_YEAR
                ? days / DAYS_IN_MONTH + " months"
                : String.format(Locale.ROOT, "%.1f years", days / (double) DAYS_IN_YEAR);
    }
}
