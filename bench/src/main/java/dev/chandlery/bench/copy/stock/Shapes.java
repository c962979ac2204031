package dev.chandlery.bench.copy.stock;

import dev.chandlery.bench.copy.stock.Item.Blob;
import dev.chandlery.bench.copy.stock.Item.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Manifests and indexes as publishers make them. */
final class Shapes {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    private static final String REFERRER = "application/vnd.example.sbom.v1+json";

    private Shapes() {}

    static Blob layer(String repository, String name, long size) {
        return Blob.of(repository, LAYER, new Noise(name, size));
    }

    /** An image with a config of its own. */
    static Document image(String repository, String architecture, String version,
            List<Blob> layers) {
        String ids = layers.stream()
                .map(l -> "\"" + l.digest() + "\"")
                .collect(Collectors.joining(","));
        Blob config = Blob.of(repository, CONFIG, "{\"architecture\":\"" + architecture
                + "\",\"os\":\"linux\",\"config\":{\"Labels\":{\"version\":\"" + version
                + "\"}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + ids + "]}}");
        return manifest(repository, config, layers, "");
    }

    /** An artifact whose config says nothing. */
    static Document artifact(String repository, String artifactType, Blob layer, String more) {
        Blob config = Blob.of(repository, EMPTY, "{}");
        return manifest(repository, config, List.of(layer), ",\"artifactType\":\"" + artifactType
                + "\"" + more);
    }

    static Document index(String repository, List<Document> manifests, List<String> members) {
        List<String> descriptors = new ArrayList<>();
        for (int i = 0; i < manifests.size(); i++) {
            descriptors.add(manifests.get(i).descriptor(members.get(i)));
        }
        return Document.of(repository, INDEX, "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX
                + "\",\"manifests\":[" + String.join(",", descriptors) + "]}", List.copyOf(
                        manifests));
    }

    /** What is attached to the subject, in the fallback form for registries without a list of referrers. */
    static Document referrer(Document subject) {
        Document attached = artifact(subject.repository(), REFERRER, layer(subject.repository(),
                "referrer of " + subject.digest(), 2048), ",\"subject\":" + subject.descriptor(
                        ""));
        return index(subject.repository(), List.of(attached), List.of(",\"artifactType\":\""
                + REFERRER + "\"")).tagged(subject.digest().replace(':', '-'));
    }

    private static Document manifest(String repository, Blob config, List<Blob> layers,
            String more) {
        String list = layers.stream()
                .map(l -> l.descriptor(""))
                .collect(Collectors.joining(","));
        List<Item> parts = new ArrayList<>(List.of(config));
        parts.addAll(layers);
        return Document.of(repository, MANIFEST, "{\"schemaVersion\":2,\"mediaType\":\""
                + MANIFEST + "\",\"config\":" + config.descriptor("") + ",\"layers\":[" + list
                + "]" + more + "}", parts);
    }
}
