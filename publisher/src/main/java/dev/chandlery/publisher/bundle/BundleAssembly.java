package dev.chandlery.publisher.bundle;

import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.json.ManifestWriter;
import dev.chandlery.publisher.pack.PackedArtifact;
import dev.chandlery.publisher.pack.PackedBlob;
import dev.chandlery.trust.publication.BundleLock;
import dev.chandlery.trust.publication.BundleTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts a bundle's manifests together; nothing of it depends on when or where that is done. */
final class BundleAssembly {
    private static final String TREE = ".";

    private final BundleSpec bundle;
    private final Optional<BaseImage> base;
    private final Map<PlatformName, BaseImage.ForPlatform> bases;

    BundleAssembly(BundleSpec bundle, Optional<BaseImage> base,
            Map<PlatformName, BaseImage.ForPlatform> bases) {
        this.bundle = bundle;
        this.base = base;
        this.bases = bases;
    }

    /** All documents of a bundle. */
    record Built(BundleSpec bundle, ManifestDocument index, List<BundleImage> images,
            PackedArtifact lock, SortedMap<PlatformName, String> leftOut) {}

    <T> T plan(SortedMap<PlatformName, List<MemberImage>> members,
            SortedMap<PlatformName, String> leftOut, Function<Built, T> finish) {
        Optional<Instant> created = members.values()
                .stream()
                .flatMap(List::stream)
                .flatMap(member -> member.created().stream())
                .max(Instant::compareTo);
        Bytes lock = locked(members, leftOut).write();
        SortedMap<String, String> annotations = annotations(created, lock.digest());
        List<BundleImage> images = new ArrayList<>();
        members.forEach((platform, tools) -> images.add(image(platform, tools, created,
                annotations)));
        ManifestDocument index = index(images, annotations);
        return finish.apply(new Built(bundle, index, images, lock(lock, index, created), leftOut));
    }

    private BundleImage image(PlatformName platform, List<MemberImage> members,
            Optional<Instant> created, SortedMap<String, String> annotations) {
        Optional<BaseImage.ForPlatform> below = Optional.ofNullable(bases.get(platform));
        List<LayerSource> tools = layers(members);
        Bytes config = new ContainerConfig(bundle, platform, created).write(below, tools,
                annotations);
        List<LayerSource> all = new ArrayList<>(below.map(BaseImage.ForPlatform::layers)
                .orElse(List.of()));
        all.addAll(tools);
        SortedMap<String, String> own = new TreeMap<>(annotations);
        below.ifPresent(image -> own.put(BundleTypes.BASE_DIGEST, image.manifest()
                .digest()
                .toString()));
        ManifestDocument manifest = ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST,
                BundleTypes.BUNDLE, Descriptor.of(MediaType.IMAGE_CONFIG, config), all.stream()
                        .map(LayerSource::layer)
                        .toList(), null, own));
        return new BundleImage(platform, manifest, config, all, members);
    }

    /**
     * The tools' layers, each once. oras refuses two layers of the same title, so that each further one has a
     * title that is spelt differently and is the same folder all the same.
     */
    private static List<LayerSource> layers(List<MemberImage> members) {
        List<LayerSource> layers = new ArrayList<>();
        Set<Digest> seen = new HashSet<>();
        StringBuilder title = new StringBuilder(TREE);
        for (MemberImage member : members) {
            for (LayerSource layer : member.layers()) {
                if (seen.add(layer.layer().digest())) {
                    layers.add(titled(layer, title.toString()));
                    title.append("/.");
                }
            }
        }
        return layers;
    }

    private static LayerSource titled(LayerSource source, String title) {
        Descriptor layer = source.layer();
        Descriptor named = Descriptor.of(layer.mediaType(), layer.digest(), layer.size())
                .withAnnotations(Annotations.sorted(Map.of(Annotations.TITLE, title,
                        Annotations.ORAS_UNPACK, "true", Annotations.ORAS_CONTENT_DIGEST, source
                                .diffId()
                                .toString(), BundleTypes.TOOL, source.origin())));
        return new LayerSource(named, source.diffId(), source.origin(), false, source.repository(),
                source.mountable());
    }

    private static ManifestDocument index(List<BundleImage> images,
            SortedMap<String, String> annotations) {
        List<Descriptor> manifests = new ArrayList<>();
        for (BundleImage image : images) {
            Descriptor manifest = image.manifest().descriptor();
            manifests.add(Descriptor.of(manifest.mediaType(), manifest.digest(), manifest.size())
                    .withArtifactType(BundleTypes.BUNDLE)
                    .withPlatform(image.platform().platform()));
        }
        return ManifestWriter.write(new ImageIndex(MediaType.IMAGE_INDEX, BundleTypes.BUNDLE,
                manifests, null, annotations));
    }

    private BundleLock locked(SortedMap<PlatformName, List<MemberImage>> members,
            SortedMap<PlatformName, String> leftOut) {
        List<BundleLock.Tool> tools = new ArrayList<>();
        for (int i = 0; i < bundle.tools().size(); i++) {
            SortedMap<PlatformName, BundleLock.Content> platforms = new TreeMap<>();
            for (Map.Entry<PlatformName, List<MemberImage>> entry : members.entrySet()) {
                platforms.put(entry.getKey(), entry.getValue().get(i).locked());
            }
            BundleSpec.Member tool = bundle.tools().get(i);
            tools.add(new BundleLock.Tool(tool.tool(), tool.version(), members.values()
                    .iterator()
                    .next()
                    .get(i)
                    .path(), platforms));
        }
        SortedMap<String, String> missing = new TreeMap<>();
        leftOut.forEach((platform, why) -> missing.put(platform.value(), why));
        return new BundleLock(bundle.name(), bundle.version(), base.map(
                image -> new BundleLock.Base(
                        image.name(), image.root().descriptor().digest())), tools, missing);
    }

    private PackedArtifact lock(Bytes lock, ManifestDocument index, Optional<Instant> created) {
        Bytes nothing = Bytes.ofUtf8("{}");
        PackedBlob config = new PackedBlob(Descriptor.of(MediaType.EMPTY, nothing), Content.of(
                nothing));
        Descriptor file = Descriptor.of(BundleTypes.LOCK, lock)
                .withAnnotations(Annotations.sorted(Map.of(Annotations.TITLE, bundle.name()
                        + ".lock.json")));
        SortedMap<String, String> annotations = new TreeMap<>();
        created.ifPresent(at -> annotations.put(Annotations.CREATED, at.toString()));
        ManifestDocument manifest = ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST,
                BundleTypes.LOCK, config.descriptor(), List.of(file), subject(index),
                annotations));
        return new PackedArtifact(manifest, List.of(config, new PackedBlob(file, Content.of(
                lock))));
    }

    private static Descriptor subject(ManifestDocument index) {
        Descriptor descriptor = index.descriptor();
        return Descriptor.of(descriptor.mediaType(), descriptor.digest(), descriptor.size());
    }

    private SortedMap<String, String> annotations(Optional<Instant> created, Digest lock) {
        SortedMap<String, String> map = new TreeMap<>();
        map.put(Annotations.TITLE, bundle.name());
        map.put(BundleTypes.TOOLS, bundle.tools()
                .stream()
                .map(BundleSpec.Member::toString)
                .collect(Collectors.joining(" ")));
        map.put(BundleTypes.LOCKED, lock.toString());
        created.ifPresent(at -> map.put(Annotations.CREATED, at.toString()));
        bundle.version().ifPresent(version -> map.put(Annotations.VERSION, version));
        bundle.description().homepage().ifPresent(uri -> map.put(Annotations.URL, uri.toString()));
        base.ifPresent(image -> map.put(BundleTypes.BASE_NAME, image.name()));
        if (!bundle.description().text().isEmpty()) {
            map.put(Annotations.DESCRIPTION, bundle.description().text());
        }
        return map;
    }
}
