package dev.chandlery.testkit;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Target;
import java.util.List;

/**
 * Artifacts as other programs make them, with media types, fields and white space that are not ours: a Helm
 * chart, a WebAssembly module, a Docker manifest list, a cosign signature under its tag, and an image with
 * evidence that is itself signed.
 */
public final class ForeignArtifacts {
    private static final String OCI = "application/vnd.oci.image.";
    private static final String DOCKER = "application/vnd.docker.";

    private final Target store;

    private ForeignArtifacts(Target store) {
        this.store = store;
    }

    /** Pushes all of them; returns the tags. */
    public static List<Tag> pushAll(Target store) {
        ForeignArtifacts artifacts = new ForeignArtifacts(store);
        artifacts.pushChart();
        artifacts.pushModule();
        artifacts.pushDockerList();
        artifacts.pushSignedImage();
        return List.of(new Tag("chart-1.2.3"), new Tag("wasm"), new Tag("docker"), new Tag("v1"),
                artifacts.signature);
    }

    private Tag signature = new Tag("none");

    private void pushChart() {
        Descriptor config = blob("application/vnd.cncf.helm.config.v1+json",
                "{\"name\":\"chart\",\"version\":\"1.2.3\"}");
        Descriptor layer = blob("application/vnd.cncf.helm.chart.content.v1.tar+gzip", "a chart");
        tag(image(OCI + "manifest.v1+json", config, layer, ""), "chart-1.2.3");
    }

    private void pushModule() {
        Descriptor config = blob("application/vnd.wasm.config.v0+json",
                "{\"architecture\":\"wasm\",\"os\":\"wasip1\",\"layerDigests\":[]}");
        tag(image(OCI + "manifest.v1+json", config, blob("application/wasm", "\0asm"), ""), "wasm");
    }

    private void pushDockerList() {
        Descriptor config = blob(DOCKER + "container.image.v1+json",
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\"}}");
        Descriptor layer = blob(DOCKER + "image.rootfs.diff.tar.gzip", "a layer of Docker");
        Descriptor image = image(DOCKER + "distribution.manifest.v2+json", config, layer, "");
        tag(index(DOCKER + "distribution.manifest.list.v2+json", image), "docker");
    }

    private void pushSignedImage() {
        Descriptor layer = blob(OCI + "layer.v1.tar+gzip", "a layer");
        Descriptor image = image(OCI + "manifest.v1+json", empty(), layer, "");
        Descriptor root = index(OCI + "index.v1+json", image);
        tag(root, "v1");
        Descriptor evidence = image(OCI + "manifest.v1+json", empty(), blob(
                "application/x-evidence",
                "evidence"), subject(image, "application/x-evidence"));
        image(OCI + "manifest.v1+json", empty(), blob("application/x-signature",
                "signature of the evidence"), subject(evidence, "application/x-signature"));
        image(OCI + "manifest.v1+json", empty(), blob("application/x-bill", "materials"), subject(
                root, "application/x-bill"));
        Descriptor payload = blob("application/vnd.dev.cosign.simplesigning.v1+json",
                "{\"critical\":{}}");
        signature = new Tag("sha256-" + root.digest().encoded() + ".sig");
        tag(image(OCI + "manifest.v1+json", blob(OCI + "config.v1+json",
                "{\"architecture\":\"\",\"os\":\"\"}"), payload, ""), signature.value());
    }

    private Descriptor empty() {
        store.push(Descriptor.EMPTY, Content.of(Bytes.ofUtf8("{}")));
        return Descriptor.EMPTY;
    }

    private Descriptor blob(String type, String text) {
        Bytes bytes = Bytes.ofUtf8(text);
        Descriptor blob = Descriptor.of(new MediaType(type), bytes);
        store.push(blob, Content.of(bytes));
        return blob;
    }

    private static String subject(Descriptor subject, String artifactType) {
        return ",\n  \"subject\": " + json(subject) + ",\n  \"artifactType\": \"" + artifactType
                + "\"";
    }

    private Descriptor image(String type, Descriptor config, Descriptor layer, String more) {
        return manifest(type, "{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"" + type
                + "\",\n  \"config\": " + json(config) + ",\n  \"layers\": [ " + json(layer)
                + " ]" + more + ",\n  \"annotations\": {\"z\": \"last\", \"a\": \"first\"},"
                + "\n  \"x-unknown\": [1, 2.50]\n}\n");
    }

    private Descriptor index(String type, Descriptor image) {
        return manifest(type, "{ \"manifests\" : [ " + json(image).replaceFirst("}$",
                ", \"platform\": {\"os\": \"linux\", \"architecture\": \"amd64\"}}")
                + " ], \"mediaType\" : \"" + type + "\", \"schemaVersion\" : 2 }");
    }

    private Descriptor manifest(String type, String json) {
        Bytes raw = Bytes.ofUtf8(json);
        Descriptor manifest = Descriptor.of(new MediaType(type), raw);
        store.push(manifest, Content.of(raw));
        return manifest;
    }

    private void tag(Descriptor manifest, String tag) {
        store.tag(manifest, new Tag(tag));
    }

    private static String json(Descriptor node) {
        return "{\"mediaType\": \"" + node.mediaType() + "\", \"size\": " + node.size()
                + ", \"digest\": \"" + node.digest() + "\"}";
    }
}
