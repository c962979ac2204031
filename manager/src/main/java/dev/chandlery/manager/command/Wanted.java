package dev.chandlery.manager.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.PublishedBundle;
import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.upstream.Version;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is to be pulled.
 *
 * @param name of the tool or bundle
 * @param bundle whether it is a bundle
 * @param version that was found
 * @param platform that is asked for
 * @param path of the repository below the registry's namespace
 * @param manifest of the platform
 */
record Wanted(String name, boolean bundle, String version, PlatformName platform, String path,
        Descriptor manifest) {
    private static final int SHOWN_VERSIONS = 5;

    /**
     * Finds it.
     *
     * @param reference as {@code protoc@31.1}
     * @throws CommandException when registry.yaml has no such name, or it is not published
     */
    static Wanted find(ConfigSpec config, RegistryConnection registry, String reference,
            PlatformName platform) {
        String[] parts = reference.split("@", 2);
        String version = parts.length == 2 ? parts[1] : "";
        BundleSpec bundle = config.bundles().get(parts[0]);
        boolean tool = config.publishing().tools().containsKey(parts[0]);
        return bundle != null && !tool
                ? bundle(PublishedBundle.read(registry, config, bundle).require(version), bundle,
                        platform)
                : tool(config, registry, Tools.require(config, parts[0]), version, platform);
    }

    private static Wanted bundle(PublishedBundle.Build build, BundleSpec bundle,
            PlatformName platform) {
        Descriptor manifest = Optional.ofNullable(build.platforms().get(platform))
                .orElseThrow(
                        () -> absent("bundle " + bundle.name() + " " + build.name(), platform, build
                                .platforms()
                                .keySet()));
        return new Wanted(bundle.name(), true, build.name(), platform, build.path(), manifest);
    }

    private static Wanted tool(ConfigSpec config, RegistryConnection registry, ToolSpec tool,
            String asked, PlatformName platform) {
        ToolNames names = ToolNames.of(config.repositoryOf(tool), tool);
        PublishedTool published = PublishedTool.read(registry, names);
        String version = version(tool, published, asked);
        var there = published.find(version, tool.platforms().stream().map(p -> p.name()).toList());
        Descriptor manifest = there.find(platform)
                .orElseThrow(() -> absent(tool.name() + " " + version, platform, there.platforms()
                        .keySet()));
        return new Wanted(tool.name(), false, version, platform, names.platformPath(version,
                platform), manifest);
    }

    private static CommandException absent(String what, PlatformName platform,
            Collection<PlatformName> there) {
        return new CommandException(ExitCode.FAILED, "cannot pull " + what + " for " + platform
                + ": not published", there.isEmpty() ? null : "published are " + there);
    }

    private static String version(ToolSpec tool, PublishedTool published, String asked) {
        List<String> newestFirst = published.versions()
                .stream()
                .map(Version::new)
                .sorted(
                        Comparator.reverseOrder())
                .map(Version::text)
                .toList();
        if (newestFirst.isEmpty()) {
            throw new CommandException(ExitCode.FAILED, "cannot pull " + tool.name()
                    + ": no version of it is published", "run publisher --tool " + tool.name());
        }
        if (asked.isEmpty()) {
            return published.versionBehind("latest")
                    .or(() -> newestFirst.stream()
                            .filter(version -> !new Version(version).isPrerelease())
                            .findFirst())
                    .orElse(newestFirst.getFirst());
        }
        Optional<String> found = newestFirst.stream()
                .filter(version -> version.equals(asked)
                        || ("v" + version).equals(asked))
                .findFirst()
                .or(() -> published.versionBehind(asked));
        return found.orElseThrow(() -> new CommandException(ExitCode.FAILED, "cannot pull " + tool
                .name() + " " + asked + ": not published", "the newest are " + String.join(", ",
                        newestFirst.subList(0, Math.min(SHOWN_VERSIONS, newestFirst.size())))));
    }
}
