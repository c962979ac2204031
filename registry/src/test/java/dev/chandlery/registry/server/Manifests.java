package dev.chandlery.registry.server;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;

/** Manifests to push, as text: what is stored must be these bytes. */
final class Manifests {
    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private Manifests() {}

    /** An image without layers; what comes after the closing brace makes manifests differ. */
    static Bytes image(Digest config, long size, String tail) {
        return Bytes.ofUtf8("""
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":%d},
                 "layers":[]}""".formatted(IMAGE, config, size) + tail);
    }

    /** An image that is attached to a subject. */
    static Bytes attached(Digest config, Digest subject, String artifactType, String note) {
        return Bytes.ofUtf8("""
                {"schemaVersion":2,"mediaType":"%s","artifactType":"%s",
                 "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},
                 "layers":[],"subject":{"mediaType":"%s","digest":"%s","size":7},
                 "annotations":{"note":"%s"}}""".formatted(IMAGE, artifactType, config, IMAGE,
                subject, note));
    }

    static Bytes index(Digest child, long size) {
        return Bytes.ofUtf8("""
                {"schemaVersion":2,"mediaType":"%s",
                 "manifests":[{"mediaType":"%s","digest":"%s","size":%d}]}""".formatted(INDEX,
                IMAGE, child, size));
    }
}
