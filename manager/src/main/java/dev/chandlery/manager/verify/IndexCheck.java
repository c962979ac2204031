package dev.chandlery.manager.verify;

import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Checks a manifest that a tag or digest names: an index with all its platforms, or one platform alone. Used
 * once.
 */
final class IndexCheck {
    private static final String DAMAGED =
            "the registry's storage is damaged or was changed: restore it, or publish with --force";

    private static final String MOVED =
            "somebody moved the tag: find out who; publish with --force to put it right";
    private static final String UNLOCKED =
            "do not use it: find out who made it; publisher --bundle builds it anew";

    private final Verifying how;
    private final RemoteRepository repository;
    private final Optional<ToolSpec> tool;
    private final Optional<RegistryConnection> registry;
    private Optional<BundleCheck> bundle = Optional.empty();
    private Optional<String> version;

    /** @param located what it must be */
    IndexCheck(Verifying how, RemoteRepository repository, Located located) {
        this.how = how;
        this.repository = repository;
        this.tool = located.tool();
        this.version = located.version();
        this.registry = located.registry();
    }

    /**
     * One report for each manifest.
     *
     * @param name of the manifest, for people
     * @param platforms to be checked of an index; empty means all
     */
    List<ArtifactReport> run(Descriptor manifest, String name, List<PlatformName> platforms) {
        Checks checks = new Checks(name, manifest.digest());
        List<ManifestDocument> read = new ArrayList<>();
        if (!checks.run("bytes", DAMAGED, () -> {
            read.add(Manifests.fetch(repository, manifest));
            return manifest.size() + " bytes";
        })) {
            return List.of(checks.report());
        }
        ManifestDocument document = read.getFirst();
        if (!(document.manifest() instanceof ImageIndex index)) {
            return List.of(platform(document, name, platforms.size() == 1
                    ? Optional.of(platforms.getFirst())
                    : Optional.empty()));
        }
        checks.run("layout", DAMAGED, () -> layout(document, index, platforms));
        checks.run("name", MOVED, () -> named(document));
        checks.run("referrers", DAMAGED, () -> {
            List<Attached> attached = Attached.to(repository, manifest.digest());
            new Signatures(how, attached, manifest.digest()).check(checks);
            if (BundleCheck.isBundle(document)) {
                checks.run("lock", UNLOCKED, () -> lock(document, attached));
            }
            return attached.size() + " attached";
        });
        List<ArtifactReport> reports = new ArrayList<>(List.of(checks.report()));
        index.manifests()
                .stream()
                .filter(each -> isWanted(each, platforms))
                .forEach(each -> reports.addAll(platform(each)));
        return reports;
    }

    private Object lock(ManifestDocument index, List<Attached> attached) throws IOException {
        BundleCheck read = BundleCheck.read(how, registry, index, attached);
        bundle = Optional.of(read);
        return read;
    }

    private static boolean isWanted(Descriptor manifest, List<PlatformName> platforms) {
        return platforms.isEmpty() || platformOf(manifest).filter(platforms::contains).isPresent();
    }

    private static Optional<PlatformName> platformOf(Descriptor manifest) {
        return Optional.ofNullable(manifest.platform()).flatMap(PlatformName::of);
    }

    /**
     * It says of itself that it is what was asked for: a tag can be moved to what is good, but something else.
     */
    private Object named(ManifestDocument document) {
        SortedMap<String, String> annotations = document.manifest().annotations();
        String title = annotations.getOrDefault(Annotations.TITLE, "");
        String stated = annotations.getOrDefault(Annotations.VERSION, "");
        if (tool.isEmpty()) {
            if (BundleCheck.isBundle(document)) {
                requireVersion(document, stated);
            }
            return (title + " " + stated).isBlank()
                    ? new Checks.Nothing("it has no name")
                    : (title + " " + stated).strip();
        }
        if (!title.equals(tool.get().name())) {
            throw Problem.differs("the name of " + document.descriptor().digest(), tool.get()
                    .name(), title.isEmpty() ? "none" : title);
        }
        requireVersion(document, stated);
        version = Optional.of(stated); // of all its platforms, too
        return title + " " + stated;
    }

    private void requireVersion(ManifestDocument document, String stated) {
        Optional<String> other = version.filter(v -> !isSameVersion(v, stated));
        if (other.isPresent()) {
            throw Problem.differs("the version of " + document.descriptor().digest(), other.get(),
                    stated.isEmpty() ? "none" : stated);
        }
    }

    /** Tags say less than versions, which may have a plus sign. */
    private static boolean isSameVersion(String one, String other) {
        return ToolNames.versionTag(one).equals(ToolNames.versionTag(other));
    }

    private static Object layout(ManifestDocument document, ImageIndex index,
            List<PlatformName> wanted) {
        List<PlatformName> there = index.manifests()
                .stream()
                .map(IndexCheck::platformOf)
                .flatMap(Optional::stream)
                .toList();
        List<PlatformName> missing = wanted.stream().filter(p -> !there.contains(p)).toList();
        if (!missing.isEmpty()) {
            throw Problem.differs("the index's platforms", missing, there);
        }
        if (PlatformCheck.isOurs(document)) {
            long named = there.stream().distinct().count();
            if (named != index.manifests().size()) {
                throw Problem.differs("the index's platforms", index.manifests().size()
                        + " different ones", named);
            }
        }
        return index.manifests().size() + (index.manifests().size() == 1
                ? " platform"
                : " platforms");
    }

    private List<ArtifactReport> platform(Descriptor manifest) {
        Optional<PlatformName> platform = platformOf(manifest);
        String name = platform.map(PlatformName::value)
                .orElseGet(() -> manifest.platform() == null
                        ? manifest.digest().toString()
                        : manifest.platform().toString());
        Checks checks = new Checks(name, manifest.digest());
        try {
            return List.of(platform(Manifests.fetch(repository, manifest), name, platform));
        } catch (OciException e) {
            checks.run("bytes", DAMAGED, () -> {
                throw e;
            });
            return List.of(checks.report());
        }
    }

    private ArtifactReport platform(ManifestDocument document, String name,
            Optional<PlatformName> platform) {
        return new PlatformCheck(how, repository, document, tool, name, bundle).run(platform,
                checks -> checks
                        .run("name", MOVED, () -> named(document)));
    }
}
