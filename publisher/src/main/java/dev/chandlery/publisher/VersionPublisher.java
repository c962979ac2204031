package dev.chandlery.publisher;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.PlatformName;
import dev.chandlery.config.RepositoryLayout;
import dev.chandlery.config.ToolPlatform;
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
import dev.chandlery.publisher.pack.ToolIndex;
import dev.chandlery.publisher.plan.PlatformPlan;
import dev.chandlery.publisher.plan.VersionPlan;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Publishes one version: its platforms side by side, then the index over them, then the tags. */
final class VersionPublisher {
    private final ConfigSpec config;
    private final PlatformPublisher platforms;
    private final RegistryConnection registry;
    private final Semaphore permits;

    VersionPublisher(ConfigSpec config, PlatformPublisher platforms, RegistryConnection registry,
            Semaphore permits) {
        this.config = config;
        this.platforms = platforms;
        this.registry = registry;
        this.permits = permits;
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
                    case PlatformPlan.Keep _,PlatformPlan.Missing _ -> untouched(platform);
                });
        boolean failed = items.stream().anyMatch(ItemOutcome.Failed.class::isInstance);
        Optional<Digest> index = Optional.empty();
        Optional<RuntimeException> failure = Optional.empty();
        if (!failed) {
            try {
                index = tagVersion(plan, items);
            } catch (OciException e) {
                failure = Optional.of(e);
            }
        }
        return new VersionOutcome(plan.tool().name(), plan.version(), items, index, failure);
    }

    private ItemOutcome publishItem(VersionPlan plan, PlatformPlan.Publish item) {
        acquirePermit();
        try {
            return platforms.publish(plan, item);
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new ItemOutcome.Failed(item.platform(), e);
        } finally {
            permits.release();
        }
    }

    private void acquirePermit() {
        try {
            permits.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot go on: interrupted");
        }
    }

    private static ItemOutcome untouched(PlatformPlan plan) {
        return switch (plan) {
            case PlatformPlan.Keep keep -> new ItemOutcome.UpToDate(keep.platform(), keep.manifest()
                    .digest());
            case PlatformPlan.Missing missing -> new ItemOutcome.Missing(missing.platform());
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
        published(items).forEach(item -> there.put(item.platform(), item.manifest()));
        there.forEach((platform, manifest) -> {
            Tag tag = names.platformTag(plan.version(), platform);
            if (!pointsAt(repository, tag, manifest)) {
                repository.tag(manifest, tag);
            }
        });
        ManifestDocument index = ToolIndex.of(plan.tool(), plan.release(), there);
        Tag versionTag = ToolNames.versionTag(plan.version());
        repository.push(index.descriptor(), Content.of(index.raw()));
        repository.tag(index.descriptor(), versionTag);
        if (!pointsAt(repository, versionTag, index.descriptor())) {
            throw new TransferException("cannot confirm tag " + versionTag + " of " + repository
                    + ": another publisher moved it", null, true);
        }
        return Optional.of(index.descriptor().digest());
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
