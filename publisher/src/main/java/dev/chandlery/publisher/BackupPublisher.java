package dev.chandlery.publisher;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.config.endpoint.RepositoryLayout;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.copy.Copier;
import dev.chandlery.oci.copy.CopyOptions;
import dev.chandlery.oci.copy.CopyOutcome;
import dev.chandlery.oci.copy.CopyRequest;
import dev.chandlery.publisher.attest.GoodSignatures;
import dev.chandlery.publisher.attest.Signing;
import dev.chandlery.publisher.bundle.BundleOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Copies what a run published, and what it found published, from the primary registry to the backups, so that
 * they have the very same bytes, and catch up with what an earlier run could not give them.
 */
public final class BackupPublisher {
    private static final int AT_A_TIME = 16;

    private final Session session;
    private final RegistryConnection primary;
    private final Optional<GoodSignatures> signatures;

    /** @param signing of the run; what it signed is believed */
    public BackupPublisher(Session session, RegistryConnection primary, Signing signing) {
        this.session = session;
        this.primary = primary;
        this.signatures = session.config().security().checks().signatureVerification()
                ? Optional.of(GoodSignatures.of(session.config(), signing))
                : Optional.empty();
    }

    /** Copies to each backup in turn; what fails is in its outcome. */
    public List<BackupOutcome> copy(List<VersionOutcome> versions, List<BundleOutcome> bundles) {
        List<BackupOutcome> outcomes = new ArrayList<>();
        for (EndpointSpec backup : session.config().backupRegistries()) {
            outcomes.add(copy(versions, bundles, backup));
        }
        return outcomes;
    }

    private BackupOutcome copy(List<VersionOutcome> versions, List<BundleOutcome> bundles,
            EndpointSpec backup) {
        try (RegistryConnection target = session.connect(backup, Access.READ_WRITE)) {
            List<CopyRequest> requests = requests(versions, target);
            bundles.forEach(bundle -> requests.addAll(requests(bundle, target)));
            List<CopyOutcome> ended = new ArrayList<>();
            List<CopyRequest> accepted = new ArrayList<>();
            for (Judged judged : judge(requests)) {
                switch (judged) {
                    case Judged.Accepted(CopyRequest request) -> accepted.add(request);
                    case Judged.Refused(CopyOutcome outcome) -> ended.add(outcome);
                }
            }
            ended.addAll(new Copier(CopyOptions.DEFAULT, _ -> {}).copyAll(accepted));
            return outcome(backup, ended);
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new BackupOutcome(backup.label(), 0, 0, List.of(String.valueOf(e
                    .getMessage())));
        }
    }

    /** Whether something may be copied. */
    private sealed interface Judged {
        record Accepted(CopyRequest request) implements Judged {}

        record Refused(CopyOutcome outcome) implements Judged {}
    }

    private List<Judged> judge(List<CopyRequest> requests) {
        Semaphore permits = new Semaphore(AT_A_TIME);
        return TaskScope.mapAll("signatures", requests, request -> {
            permits.acquireUninterruptibly();
            try {
                return judge(request);
            } finally {
                permits.release();
            }
        });
    }

    /** What must be signed is copied by its digest, as its tag may move meanwhile. */
    private Judged judge(CopyRequest request) {
        boolean record = request.identifier() instanceof Tag tag && (ToolNames.isRecord(tag)
                || ToolNames.isNestedRecord(tag));
        if (signatures.isEmpty() || record) {
            return new Judged.Accepted(request);
        }
        try {
            Source source = request.source();
            Digest manifest = source.resolve(request.identifier()).digest();
            if (signatures.get().isOn(source, manifest)) {
                return new Judged.Accepted(new CopyRequest(source, manifest, request.target(),
                        request.tags()));
            }
            throw new UntrustedContentException("cannot trust " + request.identifier() + " of "
                    + source + ": expected a signature by " + signatures.get().keys()
                    + ", found none that is good; publish it again with --force");
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new Judged.Refused(new CopyOutcome.NotCopied(request, e));
        }
    }

    private static BackupOutcome outcome(EndpointSpec backup, List<CopyOutcome> ended) {
        int copied = 0;
        int upToDate = 0;
        List<String> errors = new ArrayList<>();
        for (CopyOutcome outcome : ended) {
            switch (outcome) {
                case CopyOutcome.Copied done when done.changed() -> copied++;
                case CopyOutcome.Copied _,CopyOutcome.LeftOut _ -> upToDate++;
                case CopyOutcome.NotCopied(_, OciException failure, _) -> errors.add(String.valueOf(
                        failure.getMessage()));
            }
        }
        return new BackupOutcome(backup.label(), copied, upToDate, errors.stream()
                .distinct()
                .toList());
    }

    /** Of each version that is whole in the primary registry all tags. */
    private List<CopyRequest> requests(List<VersionOutcome> versions, RegistryConnection target) {
        ConfigSpec config = session.config();
        Map<String, Target> targets = new HashMap<>();
        List<CopyRequest> requests = new ArrayList<>();
        for (VersionOutcome version : versions) {
            ToolSpec tool = Objects.requireNonNull(config.publishing()
                    .tools()
                    .get(version.tool()));
            ToolNames names = ToolNames.of(config.repositoryOf(tool), tool);
            List<PlatformName> platforms = platforms(version);
            if (!platforms.isEmpty() && names.layout() == RepositoryLayout.TAGS) {
                requests.add(request(names.path(), ToolNames.versionTag(version.version()), targets,
                        target));
            }
            platforms.forEach(platform -> requests.add(request(names.platformPath(version.version(),
                    platform), names.platformTag(version.version(), platform), targets, target)));
        }
        versions.stream()
                .map(VersionOutcome::tool)
                .distinct()
                .forEach(tool -> requests.addAll(following(Objects.requireNonNull(config
                        .publishing()
                        .tools()
                        .get(tool)), targets, target)));
        return requests;
    }

    /** What is not built now has the tags of an earlier build, which were copied then. */
    private List<CopyRequest> requests(BundleOutcome outcome, RegistryConnection target) {
        if (!(outcome instanceof BundleOutcome.Built built)) {
            return List.of();
        }
        String path = session.config().repositoryOf(built.bundle()).path() + "/" + built.bundle()
                .name();
        return built.tags()
                .stream()
                .map(tag -> request(path, tag, new HashMap<>(), target))
                .toList();
    }

    /** Floating tags, which may have left versions that no run looks at any more, and tags of records. */
    private List<CopyRequest> following(ToolSpec tool, Map<String, Target> targets,
            RegistryConnection target) {
        ToolNames names = ToolNames.of(session.config().repositoryOf(tool), tool);
        PublishedTool published = PublishedTool.read(primary, names);
        return published.tags()
                .stream()
                .filter(tag -> published.floating().containsKey(tag) || ToolNames.isRecord(tag))
                .sorted()
                .map(tag -> request(names.path(), tag, targets, target))
                .toList();
    }

    private CopyRequest request(String path, Tag tag, Map<String, Target> targets,
            RegistryConnection target) {
        return CopyRequest.of(primary.repository(path), tag, targets.computeIfAbsent(path,
                target::repository));
    }

    /** None of a version of which something failed: its tags were not moved. */
    private static List<PlatformName> platforms(VersionOutcome version) {
        boolean whole = version.failure().isEmpty() && version.all(ItemOutcome.Failed.class)
                .isEmpty() && version.all(ItemOutcome.Drifted.class).isEmpty();
        return whole
                ? version.items()
                        .stream()
                        .flatMap(item -> there(item).stream())
                        .toList()
                : List.of();
    }

    private static Optional<PlatformName> there(ItemOutcome item) {
        return switch (item) {
            case ItemOutcome.Published published -> Optional.of(published.platform());
            case ItemOutcome.UpToDate there -> Optional.of(there.platform());
            case ItemOutcome.Missing _,ItemOutcome.Drifted _,ItemOutcome.Failed _ -> Optional
                    .empty();
        };
    }
}
