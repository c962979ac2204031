package dev.chandlery.publisher.attest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.json.StrictJson;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.sbom.SbomNames;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What is inside of a tool: its files with their hashes, and what binaries tell of themselves. Nothing in it is
 * of the time or place of its making, so that it is the same each time.
 *
 * <p><b>Spec:</b> CycloneDX 1.6, JSON.
 */
final class ToolSbom {

    private ToolSbom() {}

    static Bytes write(Attested attested) {
        ObjectNode bom = JsonNodeFactory.instance.objectNode();
        bom.put("bomFormat", "CycloneDX").put("specVersion", "1.6");
        bom.put("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(attested.subject()
                .digest()
                .toString()
                .getBytes(StandardCharsets.UTF_8)));
        bom.put("version", 1);
        String root = attested.tool().name() + "@" + attested.annotation(Annotations.VERSION);
        metadata(bom.putObject("metadata"), attested, root);
        SbomFiles files = new SbomFiles(root);
        attested.packed().files().forEach(files::add);
        files.write(bom);
        return StrictJson.write(bom);
    }

    private static void metadata(ObjectNode metadata, Attested attested, String root) {
        String created = attested.annotation(Annotations.CREATED);
        if (!created.isEmpty()) {
            metadata.put("timestamp", created);
        }
        metadata.putObject("tools")
                .putArray("components")
                .addObject()
                .put("type", "application")
                .put("name", "chandlery publisher");
        tool(metadata.putObject("component"), attested, root);
    }

    private static void tool(ObjectNode node, Attested attested, String root) {
        node.put("type", "application").put("bom-ref", root);
        node.put("name", attested.tool().name());
        node.put("version", attested.annotation(Annotations.VERSION));
        String description = attested.annotation(Annotations.DESCRIPTION);
        if (!description.isEmpty()) {
            node.put("description", description);
        }
        SbomFiles.hash(node.putArray("hashes").addObject(), attested.subject().digest());
        String license = attested.annotation(Annotations.LICENSES);
        if (!license.isEmpty()) {
            node.putArray("licenses").addObject().put("expression", license);
        }
        String url = attested.annotation(Annotations.UPSTREAM_URL);
        if (url.startsWith("pkg:")) {
            node.put("purl", url);
        }
        references(node.putArray("externalReferences"), attested, url);
        ArrayNode properties = node.putArray("properties");
        SbomFiles.property(properties, "platform", attested.platform().value());
        SbomFiles.property(properties, "upstream.release", attested.annotation(
                Annotations.UPSTREAM_RELEASE));
    }

    private static void references(ArrayNode references, Attested attested, String url) {
        ObjectNode asset = references.addObject().put("type", "distribution").put("url", url);
        SbomFiles.hash(asset.putArray("hashes").addObject(), attested.assetDigest());
        String site = attested.annotation(Annotations.URL);
        if (!site.isEmpty()) {
            references.addObject().put("type", "website").put("url", site);
        }
        String source = attested.annotation(Annotations.SOURCE);
        if (!source.isEmpty()) {
            references.addObject().put("type", "vcs").put("url", source);
        }
        for (EvidenceFile own : attested.packed().sboms()) {
            bom(references, own.name(), own.content().digest(), "attached as " + own.type());
        }
        for (Descriptor file : attested.proofs()) {
            String name = file.annotations().getOrDefault(Annotations.TITLE, "");
            if (SbomNames.isSbom(name)) {
                bom(references, name, file.digest(), "attached beside the asset");
            }
        }
    }

    private static void bom(ArrayNode references, String name, Digest digest, String where) {
        ObjectNode bom = references.addObject().put("type", "bom");
        bom.put("url", PackageUrl.path(name)).put("comment", "upstream's own, " + where);
        SbomFiles.hash(bom.putArray("hashes").addObject(), digest);
    }
}
