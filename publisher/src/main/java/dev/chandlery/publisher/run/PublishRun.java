package dev.chandlery.publisher.run;

import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.cli.state.Counter;
import dev.chandlery.cli.state.RunStateFile;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.publisher.BackupPublisher;
import dev.chandlery.publisher.PublishReport;
import dev.chandlery.publisher.Publisher;
import dev.chandlery.publisher.Publishing;
import dev.chandlery.publisher.bundle.BundleBuilder;
import dev.chandlery.publisher.bundle.BundleOutcome;
import dev.chandlery.publisher.bundle.BundlePlanner;
import dev.chandlery.publisher.drift.DriftCheck;
import dev.chandlery.publisher.drift.DriftIncident;
import dev.chandlery.publisher.drift.DriftRecords;
import dev.chandlery.publisher.plan.BundleForecaster;
import dev.chandlery.publisher.plan.Planner;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.plan.Selection;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.sources.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Upstreams and the primary registry of a session, opened for one run. Closing it closes both; the session
 * stays open.
 */
public final class PublishRun implements AutoCloseable {
    private final long startNanos = System.nanoTime();
    private final Session session;
    private final RegistryConnection registry;
    private final Upstreams upstreams;

    private PublishRun(Session session, RegistryConnection registry, Upstreams upstreams) {
        this.session = session;
        this.registry = registry;
        this.upstreams = upstreams;
    }

    /**
     * Opens them.
     *
     * @param dryRun whether nothing may be written anywhere, so that only {@link #plan} can be asked
     */
    public static PublishRun open(Session session, boolean dryRun) {
        RegistryConnection registry = session.primary(dryRun
                ? Access.READ_ONLY
                : Access.READ_WRITE);
        return new PublishRun(session, registry, new Upstreams(new UpstreamContext(session
                .config(), session.transport(), session.environment(), dryRun)));
    }

    /** The incidents of a tool that nobody settled, and that are about what is published now. */
    public List<DriftIncident> openIncidents(ToolSpec tool) {
        return drifts(tool).open(PublishedTool.read(registry, names(tool)));
    }

    /** The last incident of each platform of a tool, whatever became of it. */
    public List<DriftIncident> incidents(ToolSpec tool) {
        return drifts(tool).all(PublishedTool.read(registry, names(tool)));
    }

    /** The records of incidents of a tool. */
    public DriftRecords drifts(ToolSpec tool) {
        return new DriftRecords(registry, tool, names(tool));
    }

    /** Compares published versions of a tool with what upstream offers today. */
    public DriftCheck driftCheck(ToolSpec tool) {
        return new DriftCheck(registry, tool, names(tool), upstreams.forTool(tool), upstreams
                .clock());
    }

    private ToolNames names(ToolSpec tool) {
        return ToolNames.of(session.config().repositoryOf(tool), tool);
    }

    /** What is missing; asks upstreams and the registry. */
    public PublishPlan plan(Selection selection) {
        PublishPlan tools = new Planner(session.config(), upstreams, registry).plan(selection);
        return new BundleForecaster(session, registry).forecast(selection, tools);
    }

    /** What bundles come to; no upstream is asked. */
    public PublishPlan plan(List<BundleSpec> bundles) {
        return new BundleForecaster(session, registry).forecast(bundles);
    }

    /**
     * Publishes what is pending, builds the bundles over it, and brings the backup registries up to date.
     *
     * @param parallel downloads at a time, and connections to the registry, at least 1
     */
    public PublishReport apply(PublishPlan plan, int parallel, Progress progress) {
        return apply(Publishing.of(session), plan, parallel, progress);
    }

    /** The same, in a way that differs from what registry.yaml says. */
    public PublishReport apply(Publishing how, PublishPlan plan, int parallel, Progress progress) {
        PublishReport done = new Publisher(how, upstreams, registry,
                progress).apply(plan, parallel);
        List<BundleOutcome> bundles = new BundleBuilder(new BundlePlanner(session, registry), how
                .signing(), how.audit()).build(plan.bundles(), done::isBroken, progress);
        return done.withBundles(bundles)
                .withBackups(new BackupPublisher(session, registry, how.signing()).copy(done
                        .versions(), bundles))
                .within(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /**
     * Adds the report to the metrics, and to the sums that the cache folder keeps.
     *
     * @throws dev.chandlery.oci.StorageException when they cannot be kept
     */
    public void count(PublishReport report) {
        PublishMetrics.record(report, session.metrics());
        Optional<Instant> published = report.published() > 0
                ? Optional.of(Instant.now())
                : Optional.empty();
        new RunStateFile(session.config().cache().localCacheDir()).add(Map.of(
                Counter.ARTIFACTS_PUBLISHED, (long) report.published(),
                Counter.ARTIFACTS_VERIFIED, (long) report.published(), Counter.ERRORS,
                (long) report.failed()), published);
    }

    @Override
    public void close() {
        try (registry) {
            upstreams.close();
        }
    }
}
