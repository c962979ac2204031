package dev.chandlery.manager.verify;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.Names;
import dev.chandlery.cli.registry.PublishedBundle;
import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.config.endpoint.RepositoryLayout;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.manager.transfer.Places;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Reference;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.upstream.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a command line names: {@code TOOL[@VERSION]}; {@code BUNDLE[@VERSION]}; {@code HOST/NAME[:TAG][@DIGEST]}; or {@code
 * PATH[:TAG][@DIGEST]} below the namespace of the primary registry.
 */
public sealed interface ArtifactName {

    /** The registry that has it. */
    EndpointSpec endpoint(Session session);

    /**
     * Finds it.
     *
     * @param platforms that are asked for; empty means all
     * @throws CommandException when it is not there
     */
    Located locate(Session session, RegistryConnection registry, List<PlatformName> platforms);

    /**
     * Reads one of them.
     *
     * @throws dev.chandlery.oci.InvalidReferenceException when it is none of them
     */
    static ArtifactName parse(String text, ConfigSpec config) {
        String[] parts = text.split("@", 2);
        ToolSpec tool = config.publishing().tools().get(parts[0]);
        if (tool != null) {
            return new OfTool(tool, parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
        }
        BundleSpec bundle = config.bundles().get(parts[0]);
        if (bundle != null) {
            return new OfBundle(bundle, parts.length == 2 ? parts[1] : "");
        }
        if (text.indexOf('/') < 0) {
            throw new CommandException(ExitCode.USAGE, "no such tool or bundle in " + config.file()
                    + ": " + parts[0], "it has " + Names.of(config)
                            + "; other artifacts are named HOST/NAME:TAG");
        }
        String first = text.substring(0, text.indexOf('/')).toLowerCase(Locale.ROOT);
        boolean host = first.equals("localhost") || first.indexOf('.') >= 0 || first.indexOf(
                ':') >= 0;
        Reference reference = Reference.parse(host ? text : "primary.invalid/" + text);
        return new OfReference(text, reference, host);
    }

    /** Opens its registry for reading; the caller closes it. */
    default RegistryConnection open(Session session) {
        return session.connect(endpoint(session), Access.READ_ONLY);
    }

    /**
     * A tool of registry.yaml.
     *
     * @param version empty for the newest that is published
     */
    record OfTool(ToolSpec tool, Optional<String> version) implements ArtifactName {

        @Override
        public EndpointSpec endpoint(Session session) {
            return session.config().primaryRegistry();
        }

        @Override
        public Located locate(Session session, RegistryConnection registry,
                List<PlatformName> platforms) {
            ToolNames names = ToolNames.of(session.config().repositoryOf(tool), tool);
            PublishedTool published = PublishedTool.read(registry, names);
            String number = number(published.versions());
            List<PlatformName> all = tool.platforms().stream().map(ToolPlatform::name).toList();
            PublishedVersion there = published.find(number, all);
            List<Located.Root> roots = new ArrayList<>();
            if (names.layout() == RepositoryLayout.TAGS && there.index() != null) {
                roots.add(new Located.Root(registry.repository(names.path()), there.index(),
                        "index " + ToolNames.versionTag(number), platforms));
            } else {
                requirePublished(there, platforms);
                there.platforms().forEach((platform, manifest) -> {
                    if (platforms.isEmpty() || platforms.contains(platform)) {
                        roots.add(new Located.Root(registry.repository(names.platformPath(number,
                                platform)), manifest, platform.value(), List.of(platform)));
                    }
                });
            }
            return new Located(tool.name() + " " + number + " in " + endpoint(session).label(),
                    Optional.of(tool), Optional.of(number), roots, Optional.of(registry));
        }

        /** What is asked for and not there cannot be verified. */
        private void requirePublished(PublishedVersion there, List<PlatformName> wanted) {
            List<PlatformName> missing = wanted.stream()
                    .filter(platform -> !there.platforms().containsKey(platform))
                    .toList();
            if (!missing.isEmpty()) {
                throw new CommandException(ExitCode.FAILED, "cannot verify " + tool.name() + " "
                        + there.version() + " for " + missing + ": not published", "published are "
                                + there.platforms().keySet());
            }
        }

        private String number(List<String> versions) {
            List<String> newestFirst = versions.stream()
                    .map(Version::new)
                    .sorted(Comparator
                            .reverseOrder())
                    .map(Version::text)
                    .toList();
            return newestFirst.stream()
                    .filter(number -> version.isEmpty() || number.equals(version.get())
                            || ("v" + number).equals(version.get()))
                    .min(Comparator.comparing((String number) -> new Version(number)
                            .isPrerelease()))
                    .orElseThrow(() -> new CommandException(ExitCode.FAILED, "cannot find "
                            + tool.name() + version.map(v -> " " + v).orElse("")
                            + ": not published", newestFirst.isEmpty()
                                    ? "run publisher --tool " + tool.name()
                                    : "the newest is " + newestFirst.getFirst()));
        }
    }

    /**
     * A bundle of registry.yaml.
     *
     * @param version or tag; empty for what {@code latest} names
     */
    record OfBundle(BundleSpec bundle, String version) implements ArtifactName {

        @Override
        public EndpointSpec endpoint(Session session) {
            return session.config().primaryRegistry();
        }

        @Override
        public Located locate(Session session, RegistryConnection registry,
                List<PlatformName> platforms) {
            PublishedBundle.Build build = PublishedBundle.read(registry, session.config(), bundle)
                    .require(version);
            String title = build.annotations().getOrDefault(Annotations.TITLE, "");
            if (!title.equals(bundle.name())) {
                throw new CommandException(ExitCode.FAILED, "cannot take " + build.tag() + " of "
                        + build.path() + " for bundle " + bundle.name() + ": it is " + (title
                                .isEmpty() ? "nameless" : title), "somebody moved the tag: find out"
                                        + " who; publisher --bundle puts it right");
            }
            return new Located(bundle.name() + " " + build.name() + " in " + endpoint(session)
                    .label(), Optional.empty(), bundleVersion(build), List.of(new Located.Root(
                            registry.repository(build.path()), build.index(), "index " + build
                                    .tag(), platforms)), Optional.of(registry));
        }

        /** {@code latest} may be of any. */
        private static Optional<String> bundleVersion(PublishedBundle.Build build) {
            return build.tag().value().equals(build.name())
                    ? Optional.empty()
                    : Optional.of(build.name());
        }
    }

    /**
     * Any artifact.
     *
     * @param text as it was written
     * @param reference its parts
     * @param hasHost whether it names a registry; else it is the primary one
     */
    record OfReference(String text, Reference reference, boolean hasHost) implements ArtifactName {

        @Override
        public EndpointSpec endpoint(Session session) {
            return hasHost
                    ? new Places(session).endpoint(reference.registry().toString())
                    : session.config().primaryRegistry();
        }

        @Override
        public Located locate(Session session, RegistryConnection registry,
                List<PlatformName> platforms) {
            RemoteRepository repository = hasHost
                    ? registry.client().repository(reference.repository())
                    : registry.repository(reference.repository().value());
            Identifier identifier = reference.identifier().orElse(new Tag("latest"));
            ManifestDocument document = Manifests.find(repository, identifier)
                    .orElseThrow(
                            () -> new CommandException(ExitCode.FAILED, "cannot find " + text
                                    + ": no such manifest in " + repository,
                                    "manager versions lists what is published of a tool"));
            String title = document.manifest().annotations().getOrDefault(Annotations.TITLE, "");
            Optional<ToolSpec> tool = Optional.ofNullable(session.config()
                    .publishing()
                    .tools()
                    .get(title))
                    .filter(_ -> PlatformCheck.isOurs(document));
            return new Located(text, tool, tool.flatMap(_ -> version(identifier, document)), List
                    .of(new Located.Root(repository, document.descriptor(), name(identifier),
                            platforms)), hasHost ? Optional.empty() : Optional.of(registry));
        }

        /** Of a tag that names one; {@code v31} may as well follow the newest {@code v31.1}. */
        private static Optional<String> version(Identifier identifier, ManifestDocument document) {
            String stated = document.manifest()
                    .annotations()
                    .getOrDefault(Annotations.VERSION, "");
            return switch (identifier) {
                case Tag tag -> ToolNames.versionOf(tag)
                        .or(() -> ToolNames.versionOfPlatform(tag.value()))
                        .filter(version -> !stated.startsWith(version + "."));
                case Digest _ -> Optional.empty();
            };
        }

        private static String name(Identifier identifier) {
            return switch (identifier) {
                case Tag tag -> tag.value();
                case Digest _ -> "manifest";
            };
        }
    }
}
