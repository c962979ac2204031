package dev.chandlery.manager.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.trust.publication.EvidenceKind;
import java.util.SortedMap;

/** An artifact for programs. */
final class InspectJson {

    private InspectJson() {}

    static void write(Inspected inspected, ObjectNode node) {
        node.put("digest", inspected.descriptor().digest().toString());
        node.put("media_type", inspected.document().manifest().mediaType().value());
        inspected.artifactType().ifPresent(type -> node.put("artifact_type", type.value()));
        inspected.kind().map(EvidenceKind::label).ifPresent(kind -> node.put("evidence", kind));
        inspected.platform().ifPresent(platform -> node.put("platform", platform));
        node.put("manifest_bytes", inspected.descriptor().size());
        node.put("size_bytes", inspected.sizeBytes());
        if (!inspected.trust().isEmpty()) {
            node.put("trust", inspected.trust());
        }
        texts(node, inspected.document().manifest().annotations());
        ArrayNode blobs = node.putArray("blobs");
        inspected.blobs().forEach(blob -> blob(blob, blobs.addObject()));
        ArrayNode files = node.putArray("files");
        inspected.files().forEach(files::add);
        ArrayNode manifests = node.putArray("manifests");
        inspected.manifests().forEach(each -> write(each, manifests.addObject()));
        ArrayNode referrers = node.putArray("referrers");
        inspected.referrers().forEach(each -> write(each, referrers.addObject()));
    }

    private static void blob(Descriptor blob, ObjectNode node) {
        node.put("digest", blob.digest().toString()).put("media_type", blob.mediaType().value());
        node.put("size_bytes", blob.size());
        String title = blob.annotations().getOrDefault(Annotations.TITLE, "");
        if (!title.isEmpty()) {
            node.put("name", title);
        }
    }

    private static void texts(ObjectNode node, SortedMap<String, String> annotations) {
        ObjectNode object = node.putObject("annotations");
        annotations.forEach(object::put);
    }
}
