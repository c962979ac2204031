package dev.chandlery.manager.report;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.upstream.Version;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads from a registry what it has of tools, and what their evidence says. */
final class ToolReader {
    private static final MediaType EVIDENCE = new MediaType(
            "application/vnd.chandlery.upstream.v1");
    private static final int MOST_REFERRERS = 100;

    private final ConfigSpec config;
    private final RegistryConnection registry;
    private final int limit;

    /** @param limit most versions of each tool that are looked at */
    ToolReader(ConfigSpec config, RegistryConnection registry, int limit) {
        this.config = config;
        this.registry = registry;
        this.limit = limit;
    }

    /** What cannot be read is told in the result. */
    ToolState read(ToolSpec tool) {
        ToolNames names = ToolNames.of(config.repositoryOf(tool), tool);
        try {
            PublishedTool published = PublishedTool.read(registry, names);
            List<String> all = published.versions()
                    .stream()
                    .map(Version::new)
                    .sorted(Comparator.reverseOrder())
                    .map(Version::text)
                    .toList();
            List<PlatformName> wanted = tool.platforms().stream().map(ToolPlatform::name).toList();
            List<ToolState.Version> versions = new ArrayList<>();
            for (String version : all.subList(0, Math.min(limit, all.size()))) {
                versions.add(version(names, published.find(version, wanted), wanted));
            }
            return new ToolState(tool.name(), versions, all.size(), Optional.empty());
        } catch (OciException e) {
            return new ToolState(tool.name(), List.of(), 0, Optional.of(String.valueOf(e
                    .getMessage())));
        }
    }

    private ToolState.Version version(ToolNames names, PublishedVersion found,
            List<PlatformName> wanted) {
        SortedMap<PlatformName, ToolState.Content> platforms = new TreeMap<>();
        found.platforms().forEach((platform, manifest) -> {
            RemoteRepository repository = registry.repository(names.platformPath(found.version(),
                    platform));
            platforms.put(platform, content(repository, manifest));
        });
        return new ToolState.Version(found.version(), platforms, wanted.stream()
                .filter(platform -> !platforms.containsKey(platform))
                .toList());
    }

    private static ToolState.Content content(RemoteRepository repository, Descriptor manifest) {
        Map<String, String> said = repository.referrerLister()
                .map(lister -> evidence(lister, manifest))
                .orElse(Map.of());
        return new ToolState.Content(manifest.digest(), Optional.ofNullable(said.get(
                Annotations.TRUST_RUNG)), instant(said.getOrDefault(Annotations.CREATED, "")));
    }

    private static Map<String, String> evidence(ReferrerLister lister, Descriptor manifest) {
        try (Stream<Descriptor> listed = lister.referrers(manifest.digest(), EVIDENCE)) {
            return listed.limit(MOST_REFERRERS)
                    .map(Descriptor::annotations)
                    .reduce((_, last) -> last)
                    .<Map<String, String>>map(TreeMap::new)
                    .orElse(Map.of());
        } catch (OciException _) {
            return Map.of(); // the content is there all the same
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty(); // whoever pushed it wrote something else there
        }
    }
}
