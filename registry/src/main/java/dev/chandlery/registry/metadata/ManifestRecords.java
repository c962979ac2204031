package dev.chandlery.registry.metadata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.ManifestDocument;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is recorded of a manifest, so that lists of referrers need not read it again. */
public final class ManifestRecords {
    private static final JsonFactory JSON = new JsonFactory();

    private ManifestRecords() {}

    /** The record of a manifest that was read. */
    public static ManifestRecord of(ManifestDocument document) {
        Descriptor descriptor = document.descriptor();
        Manifest manifest = document.manifest();
        return new ManifestRecord(descriptor.digest(), descriptor.mediaType(), descriptor.size(),
                manifest.effectiveArtifactType().orElse(null),
                manifest.subjectDescriptor().map(Descriptor::digest).orElse(null), json(
                        new TreeMap<>(manifest.annotations())));
    }

    private static String json(SortedMap<String, String> annotations) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (var annotation : annotations.entrySet()) {
                json.writeStringField(annotation.getKey(), annotation.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory does not fail", e);
        }
        // Half of a surrogate pair, which JSON can escape, is nothing that a database can keep.
        return new String(out.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
