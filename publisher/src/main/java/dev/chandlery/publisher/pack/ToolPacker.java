package dev.chandlery.publisher.pack;

import dev.chandlery.config.tool.ContentSpec;
import dev.chandlery.config.tool.Packaging;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.json.ManifestWriter;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.VerifiedAsset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes one artifact with three doors of one asset: {@code oras pull} unpacks its layer, container engines
 * read it as an image, and plain HTTP clients fetch the layer by digest.
 *
 * <p>The same asset and the same entry of registry.yaml give the same bytes on every machine.
 */
public final class ToolPacker {
    private final AssetReader reader = new AssetReader(ArchiveLimits.DEFAULT);

    /**
     * Packs; nothing is held in memory that grows with the asset.
     *
     * @param folder exists, for files that the result refers to; the caller removes it afterwards
     * @throws dev.chandlery.oci.MalformedContentException when the asset is broken or hostile, has no
     *     executable, or one for another platform
     * @throws StorageException when the folder cannot be written
     */
    public PackedTool pack(PackRequest request, Path folder) {
        try {
            return switch (request.tool().content().packaging()) {
                case OCI -> image(request, folder);
                case UPSTREAM -> {
                    PackedArtifact image = asset(request);
                    VerifiedAsset asset = request.asset();
                    yield packed(request, image, List.of(file(asset.asset().fileName(), asset
                            .file())));
                }
            };
        } catch (IOException e) {
            throw new StorageException("cannot pack " + request.asset().asset().fileName() + " in "
                    + folder + ": " + e, e);
        }
    }

    private static PackedTool packed(PackRequest request, PackedArtifact image,
            List<PackedFile> files) {
        return new PackedTool(image, evidence(request, image.manifest().descriptor()), files,
                request.asset().sboms());
    }

    private static PackedFile file(String path, Path content) throws IOException {
        return new PackedFile(path, content, Files.size(content), ExecutableHeader.read(content)
                .map(ExecutableHeader::toString));
    }

    private static List<PackedFile> files(ToolTree tree) throws IOException {
        List<PackedFile> files = new ArrayList<>();
        for (Map.Entry<String, ToolTree.Entry> entry : tree.entries().entrySet()) {
            if (entry.getValue() instanceof ToolTree.Entry.File file) {
                files.add(file(entry.getKey(), file.content().content()));
            }
        }
        return files;
    }

    private PackedTool image(PackRequest request, Path folder) throws IOException {
        String name = request.asset().asset().fileName();
        Path unpacked = Files.createTempDirectory(folder, "unpacked-");
        SortedMap<String, ArchiveEntry> entries = reader.read(request.asset().file(), name,
                unpacked);
        ContentSpec content = request.tool().content();
        ToolTree tree = new TreeBuilder(request.tool().name(), request.platform(), content, name)
                .build(entries);
        LayerFile layer = LayerWriter.write(tree, content.compression(), folder.resolve("layer"));
        ImageForm form = new ImageForm(request.platform(), content.compression(), request.asset()
                .asset()
                .release()
                .published());
        return packed(request, artifact(request, form.config(tree, layer), form.layer(layer)),
                files(tree));
    }

    /** {@code package: upstream}: the asset as it is. */
    private static PackedArtifact asset(PackRequest request) {
        PackedBlob config = PackedBlob.of(MediaType.EMPTY, Bytes.ofUtf8("{}"));
        return artifact(request, config, upstreamFile(request.asset()));
    }

    private static PackedArtifact artifact(PackRequest request, PackedBlob config,
            PackedBlob layer) {
        ManifestDocument manifest = ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST,
                ArtifactTypes.TOOL, config.descriptor(), List.of(layer.descriptor()), null,
                ToolAnnotations.of(request)));
        return new PackedArtifact(manifest, List.of(config, layer));
    }

    /** What upstream gave us, attached to the tool: asset, checksum files, signatures, and what was proven. */
    private static PackedArtifact evidence(PackRequest request, Descriptor subject) {
        VerifiedAsset asset = request.asset();
        PackedBlob config = PackedBlob.of(MediaType.EMPTY, Bytes.ofUtf8("{}"));
        List<PackedBlob> files = new ArrayList<>();
        if (keepsAsset(request.tool().content())) {
            files.add(upstreamFile(asset));
        }
        asset.verification().evidence().forEach(file -> files.add(evidenceFile(file)));
        if (files.isEmpty()) {
            files.add(config);
        }
        SortedMap<String, String> annotations = new TreeMap<>(ToolAnnotations.of(request));
        annotations.put(Annotations.TRUST_RUNG, asset.verification().rung().label());
        if (!asset.verification().notes().isEmpty()) {
            annotations.put(Annotations.TRUST_NOTES, String.join("\n", asset.verification()
                    .notes()));
        }
        ManifestDocument manifest = ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST,
                ArtifactTypes.UPSTREAM, config.descriptor(), files.stream()
                        .map(
                                PackedBlob::descriptor)
                        .toList(), subject, annotations));
        List<PackedBlob> blobs = new ArrayList<>(files);
        blobs.add(config);
        return new PackedArtifact(manifest, blobs);
    }

    /** Whether the asset itself is published, in the tool's manifest or beside it. */
    public static boolean hasAsset(ContentSpec content) {
        return content.keepUpstream() || content.packaging() == Packaging.UPSTREAM;
    }

    /** The asset as a blob. */
    public static Descriptor blob(VerifiedAsset asset) {
        return Descriptor.of(MediaType.OCTET_STREAM, asset.digest(), asset.sizeBytes());
    }

    /** With {@code package: upstream} it is in the tool's own manifest. */
    private static boolean keepsAsset(ContentSpec content) {
        return content.keepUpstream() && content.packaging() == Packaging.OCI;
    }

    private static PackedBlob upstreamFile(VerifiedAsset asset) {
        return new PackedBlob(titled(blob(asset), asset.asset().fileName()), Content.of(asset
                .file()));
    }

    private static PackedBlob evidenceFile(EvidenceFile file) {
        return new PackedBlob(titled(Descriptor.of(file.type(), file.content()), file.name()),
                Content.of(file.content()));
    }

    private static Descriptor titled(Descriptor descriptor, String title) {
        return descriptor.withAnnotations(Annotations.sorted(Map.of(Annotations.TITLE, title)));
    }
}
