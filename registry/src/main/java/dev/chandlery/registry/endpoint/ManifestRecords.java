package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.registry.metadata.ManifestRecord;

/** What is recorded of a manifest, so that lists of referrers need not read it again. */
final class ManifestRecords {
    private ManifestRecords() {}

    static ManifestRecord of(ManifestDocument document) {
        Descriptor descriptor = document.descriptor();
        Manifest manifest = document.manifest();
        String annotations = JsonAnswers.write(json -> {
            json.writeStartObject();
            for (var annotation : manifest.annotations().entrySet()) {
                json.writeStringField(annotation.getKey(), annotation.getValue());
            }
            json.writeEndObject();
        }).utf8();
        return new ManifestRecord(descriptor.digest(), descriptor.mediaType(), descriptor.size(),
                manifest.effectiveArtifactType().orElse(null),
                manifest.subjectDescriptor().map(Descriptor::digest).orElse(null), annotations);
    }
}
