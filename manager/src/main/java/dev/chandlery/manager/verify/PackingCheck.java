package dev.chandlery.manager.verify;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ContentSpec;
import dev.chandlery.config.tool.Packaging;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.trust.publication.Publication;
import dev.chandlery.trust.publication.Repacking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Packs upstream's file again: the image must be that file's, config and all layers, and nothing besides.
 *
 * @param document manifest of the platform
 * @param tool of registry.yaml; empty where it does not know it
 * @param made how it was packed, as provenance says; empty without
 * @param platform that the image is for
 */
record PackingCheck(ManifestDocument document, Optional<ToolSpec> tool, Optional<Publication> made,
        Optional<PlatformName> platform) {

    /**
     * Compares.
     *
     * @param asset upstream's file, which was proven
     * @param digest of it
     * @param folder for what is unpacked
     */
    Object require(Path asset, Digest digest, Path folder) throws IOException {
        Optional<ContentSpec> content = made.map(Publication::content)
                .or(() -> tool.map(ToolSpec::content));
        if (content.isEmpty() || !(document.manifest() instanceof ImageManifest image)) {
            return new Checks.Nothing("it is not known how it was packed");
        }
        if (content.get().packaging() == Packaging.UPSTREAM) {
            return asIs(image, digest);
        }
        Optional<Repacking> repacking = Repacking.find();
        Optional<PlatformName> wanted = made.map(p -> p.what().platform())
                .or(() -> platform);
        if (repacking.isEmpty() || wanted.isEmpty()) {
            return new Checks.Nothing("this program cannot pack");
        }
        Path into = Files.createDirectory(folder.resolve("repacked"));
        Repacking.Image again = repacking.get()
                .repack(new Repacking.Request(name(), wanted.get(), content.get(), created(),
                        new Repacking.UpstreamFile(made.map(p -> p.asset().name())
                                .orElse("asset"), asset)), into);
        requireSame("the layers, packed again from upstream's file", List.of(again.layer()), image
                .layers());
        requireSame("the config, made again from upstream's file", List.of(again.config()), List.of(
                image.config()));
        return "the same layer from upstream's file";
    }

    /** The asset is the only layer, and there is nothing that says how to run it. */
    private static Object asIs(ImageManifest image, Digest digest) {
        List<Digest> layers = image.layers().stream().map(Descriptor::digest).toList();
        if (!layers.equals(List.of(digest))) {
            throw Problem.differs("the layers, of which upstream's file must be the only one",
                    List.of(digest), layers);
        }
        if (!image.config().digest().equals(Descriptor.EMPTY.digest())) {
            throw Problem.differs("the config beside upstream's file", Descriptor.EMPTY.digest(),
                    image.config().digest());
        }
        return "the asset itself";
    }

    /** By digest first, as that is what people know; then what manifests say of them besides. */
    private static void requireSame(String what, List<Descriptor> expected,
            List<Descriptor> actual) {
        List<Digest> digests = actual.stream().map(Descriptor::digest).toList();
        List<Digest> wanted = expected.stream().map(Descriptor::digest).toList();
        if (!digests.equals(wanted)) {
            throw Problem.differs(what, shown(wanted), shown(digests));
        }
        if (!actual.equals(expected)) {
            throw Problem.differs(what, expected, actual);
        }
    }

    private static Object shown(List<Digest> digests) {
        return digests.size() == 1 ? digests.getFirst() : digests;
    }

    private String name() {
        return made.map(p -> p.what().tool()).orElseGet(() -> tool.orElseThrow().name());
    }

    /** A text that is no time gives another config, which is told then. */
    private Optional<Instant> created() {
        try {
            return Optional.ofNullable(document.manifest().annotations().get(Annotations.CREATED))
                    .map(Instant::parse);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
