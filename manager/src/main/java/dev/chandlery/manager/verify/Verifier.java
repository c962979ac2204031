package dev.chandlery.manager.verify;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.metrics.Metric;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.sources.Upstreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Repeats what makes artifacts worth of trust, one after the other, from their registries alone or beside
 * upstream. Not thread-safe; the session stays the caller's to close.
 */
public final class Verifier implements AutoCloseable {
    private final Session session;
    private final Upstreams upstreams;
    private final WorkFolder work;
    private final Verifying how;

    private Verifier(Session session, boolean againstUpstream) {
        this.session = session;
        SignatureCheck signatures = new SignatureCheck(TrustedKeys.of(session));
        this.upstreams = new Upstreams(new UpstreamContext(session.config(), session.transport(),
                session.environment(), true));
        this.work = WorkFolder.open(session.config().cache().localCacheDir().resolve("work"));
        this.how = new Verifying(session.config(), signatures, work, againstUpstream
                ? Optional.of(upstreams)
                : Optional.empty());
    }

    /**
     * Reads the keys that are believed.
     *
     * @throws CommandException when one of them cannot be read
     */
    public static Verifier open(Session session) {
        return new Verifier(session, false);
    }

    /** As {@link #open}, and upstream's files are fetched anew to be compared. */
    static Verifier againstUpstream(Session session) {
        return new Verifier(session, true);
    }

    /**
     * What is wrong with an artifact; empty when nothing is.
     *
     * @param name as {@code manager verify} takes it
     * @throws CommandException when it is not there
     */
    public List<String> problems(String name) {
        ArtifactName artifact = ArtifactName.parse(name, session.config());
        try (RegistryConnection registry = artifact.open(session)) {
            return verify(artifact.locate(session, registry, List.of())).artifacts()
                    .stream()
                    .flatMap(each -> each.problems().stream())
                    .map(Problem::message)
                    .toList();
        }
    }

    VerifyReport verify(Located located) {
        List<ArtifactReport> reports = new ArrayList<>();
        for (Located.Root root : located.roots()) {
            reports.addAll(new IndexCheck(how, root.repository(), located).run(root.manifest(), root
                    .name(), root.platforms()));
        }
        if (reports.isEmpty()) {
            throw new CommandException(ExitCode.FAILED, "cannot verify " + located.title()
                    + ": none of these platforms is published");
        }
        VerifyReport report = new VerifyReport(located.title(), reports);
        count(located, report);
        return report;
    }

    private void count(Located located, VerifyReport report) {
        long failed = report.artifacts()
                .stream()
                .filter(each -> !each.problems().isEmpty())
                .count();
        located.tool()
                .filter(_ -> failed > 0)
                .ifPresent(tool -> session.metrics()
                        .add(Metric.VERIFICATIONS_FAILED, failed, tool.name()));
    }

    @Override
    public void close() {
        try (upstreams; work) {
            // Both, whatever happens to the first.
        }
    }
}
