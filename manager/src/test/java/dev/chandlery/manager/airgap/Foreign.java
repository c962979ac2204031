package dev.chandlery.manager.airgap;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Target;
import java.util.SortedMap;
import java.util.TreeMap;

/** Artifacts of other programs, whose bytes are nothing that we would write. */
final class Foreign {
    private static final String IMAGE = MediaType.IMAGE_MANIFEST.value();
    private static final String DOCKER = MediaType.DOCKER_MANIFEST.value();
    private static final String LIST = MediaType.DOCKER_MANIFEST_LIST.value();

    private Foreign() {}

    /** Digests by tag of what was pushed. */
    static SortedMap<Tag, Descriptor> push(Target target) {
        SortedMap<Tag, Descriptor> pushed = new TreeMap<>();
        pushed.put(new Tag("chart"), manifest(target, IMAGE, "", blob(target,
                "application/vnd.cncf.helm.config.v1+json", "{\"name\": \"chart\"}"), blob(target,
                        "application/vnd.cncf.helm.chart.content.v1.tar+gzip", "chart")));
        pushed.put(new Tag("wasm"), manifest(target, IMAGE, "", blob(target,
                "application/vnd.wasm.config.v0+json", "{ }"), blob(target, "application/wasm",
                        "\0asm")));
        Descriptor docker = manifest(target, DOCKER, "", blob(target,
                "application/vnd.docker.container.image.v1+json",
                "{\"os\":\"linux\",\"architecture\":\"amd64\"}"), blob(target,
                        "application/vnd.docker.image.rootfs.diff.tar.gzip", "docker"));
        pushed.put(new Tag("docker"), push(target, LIST, """
                {"schemaVersion": 2, "mediaType": "%s", "manifests": [ {"mediaType": "%s", "size": %d,
                "digest": "%s", "platform": {"os": "linux", "architecture": "amd64"}} ]}
                """.formatted(LIST, DOCKER, docker.size(), docker.digest())));
        pushed.put(new Tag("sha256-" + docker.digest().encoded() + ".sig"), manifest(target, IMAGE,
                "", blob(target, "application/vnd.oci.image.config.v1+json", "{\"a\":1}"), blob(
                        target, "application/vnd.dev.cosign.simplesigning.v1+json", "{}")));
        manifest(target, IMAGE,
                ", \"subject\": {\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d}"
                        .formatted(DOCKER, docker.digest(), docker.size()), blob(target,
                                "application/vnd.oci.empty.v1+json", "{}"), blob(target,
                                        "application/vnd.dev.sigstore.bundle.v0.3+json", "bundle"));
        pushed.forEach((tag, manifest) -> target.tag(manifest, tag));
        return pushed;
    }

    static String blob(Target target, String type, String text) {
        Bytes bytes = Bytes.ofUtf8(text);
        Descriptor blob = Descriptor.of(new MediaType(type), bytes);
        target.push(blob, Content.of(bytes));
        return "{ \"digest\": \"%s\", \"mediaType\": \"%s\", \"size\": %d }".formatted(blob
                .digest(), type, blob.size());
    }

    /** An image of that text, tagged. */
    static Descriptor image(Target target, String text, String tag) {
        Descriptor image = manifest(target, IMAGE, "", blob(target,
                "application/vnd.oci.empty.v1+json", "{}"), blob(target,
                        "application/octet-stream", text));
        target.tag(image, new Tag(tag));
        return image;
    }

    private static Descriptor manifest(Target target, String type, String more, String config,
            String layer) {
        return push(target, type, """
                {"schemaVersion":  2, "mediaType": "%s", "config": %s, "unheard-of": [1.50],
                 "layers": [%s]%s}
                """.formatted(type, config, layer, more));
    }

    private static Descriptor push(Target target, String type, String text) {
        Bytes raw = Bytes.ofUtf8(text);
        Descriptor manifest = Descriptor.of(new MediaType(type), raw);
        target.push(manifest, Content.of(raw));
        return manifest;
    }
}
