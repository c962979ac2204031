package dev.chandlery.publisher;

import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.EndpointSpec;
import dev.chandlery.config.PlatformName;
import dev.chandlery.config.RepositoryLayout;
import dev.chandlery.config.ToolSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.copy.Copier;
import dev.chandlery.oci.copy.CopyOptions;
import dev.chandlery.oci.copy.CopyOutcome;
import dev.chandlery.oci.copy.CopyRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Copies what a run published, and what it found published, from the primary registry to the backups, so that
 * they have the very same bytes, and catch up with what an earlier run could not give them.
 */
public final class BackupPublisher {
    private final Session session;
    private final RegistryConnection primary;

    public BackupPublisher(Session session, RegistryConnection primary) {
        this.session = session;
        this.primary = primary;
    }

    /** Copies to each backup in turn; what fails is in its outcome. */
    public List<BackupOutcome> copy(List<VersionOutcome> versions) {
        List<BackupOutcome> outcomes = new ArrayList<>();
        for (EndpointSpec backup : session.config().backupRegistries()) {
            outcomes.add(copy(versions, backup));
        }
        return outcomes;
    }

    private BackupOutcome copy(List<VersionOutcome> versions, EndpointSpec backup) {
        try (RegistryConnection target = session.connect(backup, Access.READ_WRITE)) {
            List<CopyRequest> requests = requests(versions, target);
            return outcome(backup, new Copier(CopyOptions.DEFAULT, _ -> {}).copyAll(requests));
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new BackupOutcome(backup.label(), 0, 0, List.of(String.valueOf(e
                    .getMessage())));
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
                case CopyOutcome.NotCopied(_, OciException failure) -> errors.add(String.valueOf(
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
        return requests;
    }

    private CopyRequest request(String path, Tag tag, Map<String, Target> targets,
            RegistryConnection target) {
        return CopyRequest.of(primary.repository(path), tag, targets.computeIfAbsent(path,
                target::repository));
    }

    /** None of a version of which something failed: its tags were not moved. */
    private static List<PlatformName> platforms(VersionOutcome version) {
        boolean whole = version.failure().isEmpty() && version.all(ItemOutcome.Failed.class)
                .isEmpty();
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
            case ItemOutcome.Missing _,ItemOutcome.Failed _ -> Optional.empty();
        };
    }
}
