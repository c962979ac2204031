package dev.chandlery.publisher.plan;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.publisher.drift.DriftRecords;
import dev.chandlery.publisher.drift.FrozenAsset;
import dev.chandlery.publisher.tags.RetractionRecords;
import dev.chandlery.upstream.Upstream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** One tool, as upstream and the registry have it, seen by one planning; what is asked for is remembered. */
final class ToolView {
    private final ToolSpec tool;
    private final Upstream upstream;
    private final RegistryConnection registry;
    private final ToolNames names;
    private final PublishedTool published;
    private final InstantSource clock;
    private final Map<Digest, Optional<FrozenAsset>> frozen = new ConcurrentHashMap<>();

    ToolView(ToolSpec tool, Upstream upstream, RegistryConnection registry, ToolNames names,
            InstantSource clock) {
        this.tool = tool;
        this.upstream = upstream;
        this.registry = registry;
        this.names = names;
        this.published = PublishedTool.read(registry, names);
        this.clock = clock;
    }

    ToolSpec tool() {
        return tool;
    }

    Upstream upstream() {
        return upstream;
    }

    PublishedTool published() {
        return published;
    }

    /** The tool's own repository. */
    RemoteRepository repository() {
        return registry.repository(names.path());
    }

    /** The repository of a platform's manifest. */
    RemoteRepository repository(String version, PlatformName platform) {
        return registry.repository(names.platformPath(version, platform));
    }

    InstantSource clock() {
        return clock;
    }

    DriftRecords drifts() {
        return new DriftRecords(registry, tool, names);
    }

    RetractionRecords retractions() {
        return new RetractionRecords(registry, names);
    }

    /** All platforms that registry.yaml wants. */
    List<PlatformName> platforms() {
        return tool.platforms().stream().map(ToolPlatform::name).toList();
    }

    /** What a published platform was made of. */
    Optional<FrozenAsset> frozen(String version, PlatformName platform, Descriptor manifest) {
        return frozen.computeIfAbsent(manifest.digest(), _ -> FrozenAsset.read(registry, names,
                version, platform, manifest));
    }

    /** What all published platforms of a version were made of. */
    SortedMap<PlatformName, FrozenAsset> frozen(PublishedVersion version) {
        SortedMap<PlatformName, FrozenAsset> found = new TreeMap<>();
        TaskScope.mapAll("frozen", List.copyOf(version.platforms().entrySet()), entry -> frozen(
                version.version(), entry.getKey(), entry.getValue()))
                .forEach(one -> one.ifPresent(asset -> found.put(asset.platform(), asset)));
        return found;
    }
}
