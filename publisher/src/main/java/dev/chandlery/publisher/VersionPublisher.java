package dev.chandlery.publisher;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.RepositoryLayout;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Content;
import dev.chandlery.publisher.attest.IndexSigning;
import dev.chandlery.publisher.flow.Flow;
import dev.chandlery.publisher.pack.ToolIndex;
import dev.chandlery.publisher.plan.PlatformPlan;
import dev.chandlery.publisher.plan.VersionPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Publishes one version: its platforms side by side, then the index over them, then the tags. */
final class VersionPublisher {
    private final ConfigSpec config;
    private final IndexSigning signing;
    private final PlatformPublisher platforms;
    private final RegistryConnection registry;
    private final Flow flow;
    private final RunAudit audit;

    VersionPublisher(Publishing how, PlatformPublisher platforms, RegistryConnection registry,
            Flow flow) {
        this.config = how.config();
        this.signing = new IndexSigning(how.signing());
        this.platforms = platforms;
        this.registry = registry;
        this.flow = flow;
        this.audit = new RunAudit(how.audit());
    }

    /** The outcome of a version that needs no work. */
    static VersionOutcome unchanged(VersionPlan plan) {
        List<ItemOutcome> items = plan.platforms()
                .stream()
                .map(VersionPublisher::untouched)
                .toList();
        return new VersionOutcome(plan.tool().name(), plan.version(), items, Optional.empty(),
                Optional.empty());
    }

    VersionOutcome publish(VersionPlan plan) {
        List<ItemOutcome> items = TaskScope.mapAll("platform", plan.platforms(),
                platform -> switch (platform) {
                    case PlatformPlan.Publish publish -> publishItem(plan, publish);
                    case PlatformPlan.Drifted drifted -> recorded(plan, drifted);
                    case PlatformPlan.Keep keep -> recorded(plan, keep);
                    case PlatformPlan.Missing _ -> untouched(platform);
                });
        items.stream()
                .filter(item -> !(item instanceof ItemOutcome.Published))
                .forEach(item -> audit.item(plan, item));
        boolean failed = items.stream()
                .anyMatch(item -> item instanceof ItemOutcome.Failed
                        || item instanceof ItemOutcome.Drifted);
        Optional<Digest> index = Optional.empty();
        Optional<RuntimeException> failure = Optional.empty();
        if (!failed) {
            try {
                index = flow.connections().pass(() -> tagVersion(plan, items));
            } catch (OciException e) {
                failure = Optional.of(e);
                audit.refused(plan, e);
            }
        }
        return new VersionOutcome(plan.tool().name(), plan.version(), items, index, failure);
    }

    /**
     * Looks again, at the end of a run, at the lists of what is attached to the version: other publishers may
     * have overwritten them where the registry keeps lists under tags.
     */
    VersionOutcome settled(VersionPlan plan, VersionOutcome outcome) {
        if (outcome.failure().isPresent()) {
            return outcome;
        }
        ToolNames names = ToolNames.of(config.repositoryOf(plan.tool()), plan.tool());
        try {
            published(outcome.items()).map(item -> names.platformPath(plan.version(), item
                    .platform()))
                    .distinct()
                    .forEach(path -> registry.repository(path).settle());
            return outcome;
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            audit.refused(plan, e);
            return new VersionOutcome(outcome.tool(), outcome.version(), outcome.items(), outcome
                    .index(), Optional.of(e));
        }
    }

    private ItemOutcome publishItem(VersionPlan plan, PlatformPlan.Publish item) {
        try {
            return flow.item(item.asset().size(), () -> platforms.publish(plan, item));
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new ItemOutcome.Failed(item.platform(), e);
        }
    }

    /** An incident that cannot be written is told all the same. */
    private ItemOutcome recorded(VersionPlan plan, PlatformPlan.Drifted drifted) {
        try {
            if (!drifted.recorded()) {
                platforms.drifts(plan).put(drifted.incident());
            }
            return new ItemOutcome.Drifted(drifted.platform(), drifted.incident());
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new ItemOutcome.Failed(drifted.platform(), e);
        }
    }

    private ItemOutcome recorded(VersionPlan plan, PlatformPlan.Keep keep) {
        try {
            keep.reverted().ifPresent(platforms.drifts(plan)::put);
            return untouched(keep);
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new ItemOutcome.Failed(keep.platform(), e);
        }
    }

    private static ItemOutcome untouched(PlatformPlan plan) {
        return switch (plan) {
            case PlatformPlan.Keep keep -> new ItemOutcome.UpToDate(keep.platform(), keep.manifest()
                    .digest());
            case PlatformPlan.Missing missing -> new ItemOutcome.Missing(missing.platform());
            case PlatformPlan.Drifted drifted -> new ItemOutcome.Drifted(drifted.platform(), drifted
                    .incident());
            case PlatformPlan.Publish publish -> throw new IllegalStateException(
                    "not published: " + publish.platform());
        };
    }

    /**
     * Writes the index over all platforms that the registry has by now, this run's and earlier ones', and
     * moves the version's tag to it as the last step.
     */
    private Optional<Digest> tagVersion(VersionPlan plan, List<ItemOutcome> items) {
        ToolNames names = ToolNames.of(config.repositoryOf(plan.tool()), plan.tool());
        if (names.layout() == RepositoryLayout.NESTED) {
            return Optional.empty();
        }
        RemoteRepository repository = registry.repository(names.path());
        List<PlatformName> all = plan.tool().platforms().stream().map(ToolPlatform::name).toList();
        SortedMap<PlatformName, Descriptor> there = new TreeMap<>(PublishedTool.read(registry,
                names).find(plan.version(), all).platforms());
        Set<PlatformName> verified = published(items).map(ItemOutcome.Published::platform)
                .collect(Collectors.toSet());
        signing.requireSigned(repository, there.entrySet()
                .stream()
                .filter(entry -> !verified.contains(entry.getKey()))
                .map(entry -> entry.getValue().digest())
                .toList());
        published(items).forEach(item -> there.put(item.platform(), item.manifest()));
        there.forEach((platform, manifest) -> {
            Tag tag = names.platformTag(plan.version(), platform);
            if (!pointsAt(repository, tag, manifest)) {
                repository.tag(manifest, tag);
                audit.tag(plan, repository, tag, manifest.digest());
            }
        });
        ManifestDocument index = ToolIndex.of(plan.tool(), plan.release(), there);
        Tag versionTag = ToolNames.versionTag(plan.version());
        if (plan.publications().stream().anyMatch(item -> item.accepted().isPresent())) {
            keepReplaced(plan, repository, versionTag, index.descriptor());
        }
        repository.push(index.descriptor(), Content.of(index.raw()));
        signing.sign(repository, index.descriptor());
        repository.tag(index.descriptor(), versionTag);
        if (!pointsAt(repository, versionTag, index.descriptor())) {
            throw new TransferException("cannot confirm tag " + versionTag + " of " + repository
                    + ": another publisher moved it", null, true);
        }
        audit.tag(plan, repository, versionTag, index.descriptor().digest());
        return Optional.of(index.descriptor().digest());
    }

    /** A tag of its own keeps the index that is about to lose the version's, for those who pinned it. */
    private static void keepReplaced(VersionPlan plan, RemoteRepository repository, Tag versionTag,
            Descriptor next) {
        repository.find(versionTag)
                .filter(old -> !old.digest().equals(next.digest()))
                .ifPresent(old -> repository.tag(old, ToolNames.replacedTag(plan.version(), old
                        .digest())));
    }

    private static Stream<ItemOutcome.Published> published(List<ItemOutcome> items) {
        return items.stream()
                .filter(ItemOutcome.Published.class::isInstance)
                .map(
                        ItemOutcome.Published.class::cast);
    }

    private static boolean pointsAt(RemoteRepository repository, Tag tag, Descriptor manifest) {
        return repository.find(tag).map(Descriptor::digest).equals(Optional.of(manifest.digest()));
    }
}
