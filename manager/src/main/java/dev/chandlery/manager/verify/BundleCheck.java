package dev.chandlery.manager.verify;

import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.trust.publication.BundleLock;
import dev.chandlery.trust.publication.BundleTypes;
import dev.chandlery.trust.publication.EvidenceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks what a bundle is made of against its lock, and the tools against what is published of them. */
final class BundleCheck {
    private final Verifying how;
    private final Optional<RegistryConnection> registry;
    private final BundleLock lock;

    /** @param registry that has the tools too; empty when nobody knows where they are */
    private BundleCheck(Verifying how, Optional<RegistryConnection> registry, BundleLock lock) {
        this.how = how;
        this.registry = registry;
        this.lock = lock;
    }

    static boolean isBundle(ManifestDocument document) {
        return document.manifest()
                .effectiveArtifactType()
                .equals(Optional.of(
                        BundleTypes.BUNDLE));
    }

    /**
     * Reads the lock that is attached to an index.
     *
     * @throws ContentNotFoundException when none is attached that the index names
     */
    static BundleCheck read(Verifying how, Optional<RegistryConnection> registry,
            ManifestDocument index, List<Attached> attached) throws IOException {
        String named = index.manifest().annotations().getOrDefault(BundleTypes.LOCKED, "");
        for (Attached each : attached) {
            boolean lock = each.document()
                    .manifest()
                    .effectiveArtifactType()
                    .equals(Optional.of(BundleTypes.LOCK));
            Optional<Descriptor> file = each.files()
                    .stream()
                    .filter(one -> one.digest().toString().equals(named))
                    .findFirst();
            if (lock && file.isPresent()) {
                BundleLock read = BundleLock.read(each.read(file.get()), "lock " + named);
                requireSame(index, read);
                return new BundleCheck(how, registry, read);
            }
        }
        throw new ContentNotFoundException("cannot find the lock of " + index.descriptor().digest()
                + ": expected a referrer of type " + BundleTypes.LOCK + " with the file " + named
                + ", got none");
    }

    private static void requireSame(ManifestDocument index, BundleLock lock) {
        String stated = index.manifest().annotations().getOrDefault(BundleTypes.TOOLS, "");
        String locked = lock.tools()
                .stream()
                .map(tool -> tool.name() + "@" + tool.version())
                .collect(Collectors.joining(" "));
        if (!stated.equals(locked)) {
            throw Problem.differs(BundleTypes.TOOLS + " of the index", locked, stated);
        }
    }

    /** For people. */
    @Override
    public String toString() {
        return lock.tools()
                .stream()
                .map(tool -> tool.name() + "@" + tool.version())
                .collect(Collectors.joining(" "));
    }

    BundleLock lock() {
        return lock;
    }

    /** The image has the very layers that the lock names, in that order, above those of the base image. */
    Object layers(ImageManifest image, List<Digest> diffIds, PlatformName platform) {
        List<Descriptor> own = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (int i = 0; i < image.layers().size(); i++) {
            Descriptor layer = image.layers().get(i);
            if (layer.annotations().containsKey(BundleTypes.TOOL)) {
                own.add(layer);
                actual.add(layer.digest() + " of " + diffIds.get(i));
            } else if (!own.isEmpty()) {
                throw Problem.differs("layer " + (i + 1), "one of a tool", layer.digest());
            }
        }
        if (lock.base().isEmpty() && own.size() != image.layers().size()) {
            throw Problem.differs("the number of layers of no tool", 0, image.layers().size() - own
                    .size());
        }
        Set<String> expected = new LinkedHashSet<>();
        for (BundleLock.Tool tool : lock.tools()) {
            for (BundleLock.Layer layer : content(tool, platform).layers()) {
                expected.add(layer.digest() + " of " + layer.diffId());
            }
        }
        if (!List.copyOf(expected).equals(actual)) {
            throw Problem.differs("the layers of its tools", expected, actual);
        }
        return expected.size() + (expected.size() == 1 ? " layer" : " layers") + " as locked";
    }

    private static BundleLock.Content content(BundleLock.Tool tool, PlatformName platform) {
        BundleLock.Content content = tool.platforms().get(platform);
        if (content == null) {
            throw Problem.differs("platforms of " + tool.name() + " in the lock", platform, tool
                    .platforms()
                    .keySet());
        }
        return content;
    }

    /** The tools that were bundled are published, trusted as the policy asks, and signed if it asks for that. */
    Object tools(PlatformName platform) {
        if (registry.isEmpty()) {
            return new Checks.Nothing("it is not known where the tools are");
        }
        List<String> found = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (BundleLock.Tool tool : lock.tools()) {
            RemoteRepository repository = registry.get().repository(tool.repository());
            BundleLock.Content content = content(tool, platform);
            String name = tool.name() + "@" + tool.version();
            Optional<ManifestDocument> there = Manifests.find(repository, content.manifest());
            if (there.isEmpty()) {
                gone.add(name);
            } else {
                requireSame(name, content, there.get());
                found.add(name + " (" + trust(repository, tool, content.manifest()) + ")");
            }
        }
        String text = String.join(", ", found) + (gone.isEmpty()
                ? ""
                : (found.isEmpty() ? "" : "; ") + "no longer published here: " + String.join(", ",
                        gone));
        return found.isEmpty() ? new Checks.Nothing(text) : text;
    }

    private static void requireSame(String name, BundleLock.Content content,
            ManifestDocument there) {
        List<Digest> locked = content.layers().stream().map(BundleLock.Layer::digest).toList();
        List<Digest> actual = there.manifest() instanceof ImageManifest image
                ? image.layers().stream().map(Descriptor::digest).toList()
                : List.of();
        if (!locked.equals(actual)) {
            throw Problem.differs("the layers of " + name + " in the lock", actual, locked);
        }
    }

    private String trust(RemoteRepository repository, BundleLock.Tool tool, Digest manifest) {
        if (how.signaturesRequired()) {
            how.signatures().require(repository, manifest);
        }
        Optional<ToolSpec> spec = Optional.ofNullable(how.config()
                .publishing()
                .tools()
                .get(tool
                        .name()));
        Rung minimum = how.minimumTrust(spec);
        Optional<Rung> reached = Attached.to(repository, manifest)
                .stream()
                .filter(each -> each.is(EvidenceKind.UPSTREAM))
                .flatMap(each -> Rung.find(each.annotation(Annotations.TRUST_RUNG)).stream())
                .reduce((_, last) -> last);
        if (reached.isEmpty() || !reached.get().isAtLeast(minimum)) {
            throw new UntrustedContentException("cannot accept trust of " + tool.name() + "@" + tool
                    .version() + ": expected " + minimum.label() + " or better, got " + reached.map(
                            Rung::label)
                            .orElse("no evidence of it"));
        }
        return reached.get().label();
    }
}
