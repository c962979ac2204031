package dev.chandlery.manager.verify;

import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.json.ImageConfig;
import dev.chandlery.trust.publication.EvidenceKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks one platform's manifest and all that is attached to it. Used once.
 *
 * <p>Order: its own bytes; how they fit together; upstream's proofs; SBOM; provenance; packing the asset anew;
 * signatures; policy; and, if asked for, upstream as it is today.
 */
final class PlatformCheck {
    private static final String DAMAGED =
            "the registry's storage is damaged or was changed: restore it, or publish with --force";
    private static final String FORGED =
            "do not use it: find out who made it; publish with --force to replace it";

    private final Verifying how;
    private final RemoteRepository repository;
    private final ManifestDocument document;
    private final Optional<ToolSpec> tool;
    private final Checks checks;
    private final Optional<BundleCheck> bundle;
    private final Map<Digest, LayerFiles> layers = new HashMap<>();
    private List<Digest> diffIds = List.of();
    private @Nullable LayerFiles layer;
    private @Nullable PlatformName stated;

    /** @param bundle lock of the bundle that the manifest is of, if it is of one */
    PlatformCheck(Verifying how, RemoteRepository repository, ManifestDocument document,
            Optional<ToolSpec> tool, String name, Optional<BundleCheck> bundle) {
        this.how = how;
        this.bundle = bundle;
        this.repository = repository;
        this.document = document;
        this.tool = tool;
        this.checks = new Checks(name, digest(document));
    }

    private static Digest digest(ManifestDocument document) {
        return document.descriptor().digest();
    }

    /**
     * Checks all of it.
     *
     * @param expected that the index says; empty when no index names it
     * @param more to be run between its bytes and its evidence
     */
    ArtifactReport run(Optional<PlatformName> expected, Consumer<Checks> more) {
        Path folder = how.work().newFolder();
        try {
            boolean whole = checks.run("bytes", DAMAGED, () -> bytes(folder));
            if (whole && document.manifest() instanceof ImageManifest image) {
                checks.run("layout", FORGED, () -> layout(image, folder, expected));
            }
            more.accept(checks);
            evidence(folder, expected.or(() -> Optional.ofNullable(stated)));
            return checks.report();
        } finally {
            WorkFolder.remove(folder);
        }
    }

    private void evidence(Path folder, Optional<PlatformName> platform) {
        List<Attached> attached = List.of();
        try {
            attached = Attached.to(repository, digest(document));
        } catch (OciException e) {
            checks.run("referrers", DAMAGED, () -> {
                throw e;
            });
        }
        Signatures signatures = new Signatures(how, attached, digest(document));
        if (BundleCheck.isBundle(document)) {
            bundle(attached, signatures, platform);
            signatures.check(checks);
            return;
        }
        boolean ours = isOurs(document) || attached.stream()
                .anyMatch(each -> each.is(EvidenceKind.UPSTREAM));
        if (ours) {
            new EvidenceCheck(how, document, tool, attached, Optional.ofNullable(layer),
                    platform).run(checks,
                            signatures, folder);
        }
        signatures.check(checks);
    }

    private void bundle(List<Attached> attached, Signatures signatures,
            Optional<PlatformName> platform) {
        new BundleEvidenceCheck(document, attached, layers).run(checks, signatures, bundle.map(
                BundleCheck::lock));
        if (bundle.isPresent() && platform.isPresent() && document
                .manifest() instanceof ImageManifest image && diffIds.size() == image.layers()
                        .size()) {
            checks.run("lock", FORGED, () -> bundle.get().layers(image, diffIds, platform.get()));
            checks.run("tools", "look at them with manager verify TOOL; publish them anew, and the"
                    + " bundle", () -> bundle.get().tools(platform.get()));
        }
    }

    static boolean isOurs(ManifestDocument document) {
        return document.manifest()
                .effectiveArtifactType()
                .filter(type -> type.value()
                        .startsWith("application/vnd.chandlery."))
                .isPresent();
    }

    private String bytes(Path folder) throws IOException {
        List<Descriptor> blobs = document.manifest().successors();
        long sum = 0;
        for (Descriptor blob : blobs) {
            Path file = folder.resolve(blob.digest().encoded());
            if (!Files.exists(file)) {
                fetch(blob, file);
            }
            sum += blob.size();
        }
        return blobs.size() + (blobs.size() == 1 ? " blob, " : " blobs, ") + Sizes.bytes(sum);
    }

    private void fetch(Descriptor blob, Path file) throws IOException {
        if (blob.mediaType().isManifest()) {
            if (!repository.exists(blob)) {
                throw new ContentNotFoundException("cannot find " + blob.digest() + " in "
                        + repository + ", which " + digest(document) + " names");
            }
            return;
        }
        try (InputStream in = repository.fetch(blob)) {
            Files.copy(in, file);
        }
    }

    private Object layout(ImageManifest image, Path folder, Optional<PlatformName> expected)
            throws IOException {
        if (!image.config().mediaType().isImageConfig()) {
            return new Checks.Nothing("no image, so there is nothing to unpack");
        }
        ImageConfig config = ImageConfig.read(Bytes.of(Files.readAllBytes(folder
                .resolve(image.config().digest().encoded()))));
        stated = PlatformName.of(config.platform()).orElse(null);
        if (expected.isPresent() && !expected.get().platform().accepts(config.platform())) {
            throw Problem.differs("the platform of its config", expected.get().platform(), config
                    .platform());
        }
        if (config.diffIds().size() != image.layers().size()) {
            throw Problem.differs("its config's list of layers", image.layers().size(), config
                    .diffIds()
                    .size());
        }
        diffIds = config.diffIds();
        for (int i = 0; i < image.layers().size(); i++) {
            unpack(image.layers().get(i), config.diffIds().get(i), folder);
        }
        return config.platform() + ", " + image.layers().size() + (image.layers().size() == 1
                ? " layer"
                : " layers");
    }

    private void unpack(Descriptor blob, Digest diffId, Path folder) throws IOException {
        MediaType type = blob.mediaType();
        LayerFiles read = LayerFiles.read(folder.resolve(blob.digest().encoded()), type);
        layer = read;
        layers.put(blob.digest(), read);
        if (!read.diffId().equals(diffId)) {
            throw Problem.differs("the tar in layer " + blob.digest(), diffId, read.diffId());
        }
        SortedMap<String, String> annotations = blob.annotations();
        String stated = annotations.getOrDefault(Annotations.ORAS_CONTENT_DIGEST, diffId
                .toString());
        if (!stated.equals(diffId.toString())) {
            throw Problem.differs(Annotations.ORAS_CONTENT_DIGEST + " of layer " + blob.digest(),
                    diffId, stated);
        }
    }
}
