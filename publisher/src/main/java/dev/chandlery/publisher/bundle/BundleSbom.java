package dev.chandlery.publisher.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.oci.json.StrictJson;
import dev.chandlery.trust.publication.BundleTypes;
import dev.chandlery.trust.publication.EvidenceKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What is inside of a bundle: its tools, and all that their own SBOMs name. Nothing in it is of the time or
 * place of its making. Used once.
 *
 * <p><b>Spec:</b> CycloneDX 1.6, JSON.
 */
final class BundleSbom {
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final int MOST_REFERRERS = 1000;

    private final SortedMap<String, ObjectNode> components = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> dependencies = new TreeMap<>();

    private BundleSbom() {}

    /** Fetches the SBOMs of the tools; one that has none, or a broken one, is named alone. */
    static Bytes write(BundleSpec bundle, BundleImage image) {
        BundleSbom sbom = new BundleSbom();
        String root = "bundle:" + bundle.name();
        SortedSet<String> parts = sbom.dependencies.computeIfAbsent(root, _ -> new TreeSet<>());
        for (MemberImage member : image.members()) {
            parts.add(member.member().toString());
            sbom.add(member);
        }
        return StrictJson.write(sbom.document(root, bundle, image, parts));
    }

    private ObjectNode document(String root, BundleSpec bundle, BundleImage image,
            SortedSet<String> parts) {
        SortedMap<String, String> annotations = image.manifest().manifest().annotations();
        ObjectNode bom = JsonNodeFactory.instance.objectNode();
        bom.put("bomFormat", "CycloneDX").put("specVersion", "1.6");
        Digest digest = image.manifest().descriptor().digest();
        bom.put("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(digest.toString()
                .getBytes(
                        StandardCharsets.UTF_8)));
        bom.put("version", 1);
        ObjectNode metadata = bom.putObject("metadata");
        Optional.ofNullable(annotations.get(Annotations.CREATED))
                .ifPresent(at -> metadata.put("timestamp", at));
        metadata.putObject("tools")
                .putArray("components")
                .addObject()
                .put("type", "application")
                .put("name", "chandlery publisher");
        ObjectNode self = metadata.putObject("component")
                .put("type", "container")
                .put("bom-ref", root)
                .put("name", bundle.name());
        bundle.version().ifPresent(version -> self.put("version", version));
        hash(self, digest);
        self.putArray("properties")
                .addObject()
                .put("name", "dev.chandlery:platform")
                .put("value", image.platform().value());
        base(annotations, parts);
        lists(bom);
        return bom;
    }

    private void base(SortedMap<String, String> annotations, SortedSet<String> parts) {
        Digest.find(annotations.getOrDefault(BundleTypes.BASE_DIGEST, "")).ifPresent(base -> {
            String reference = "base:" + base;
            hash(component(reference, "container", annotations.getOrDefault(BundleTypes.BASE_NAME,
                    "")), base);
            parts.add(reference);
        });
    }

    private void lists(ObjectNode bom) {
        ArrayNode all = bom.putArray("components");
        components.values().forEach(all::add);
        ArrayNode links = bom.putArray("dependencies");
        dependencies.forEach((from, targets) -> {
            ArrayNode on = links.addObject().put("ref", from).putArray("dependsOn");
            targets.forEach(on::add);
        });
    }

    private void add(MemberImage member) {
        String reference = member.member().toString();
        ObjectNode tool = component(reference, "application", member.member().tool());
        tool.put("version", member.member().version());
        hash(tool, member.manifest().digest());
        dependencies.computeIfAbsent(reference, _ -> new TreeSet<>());
        sbom(member).ifPresent(fields -> {
            for (Fields part : fields.objects("components")) {
                part.text("bom-ref")
                        .filter(name -> !name.startsWith("bundle:"))
                        .ifPresent(name -> components.putIfAbsent(name, part.node()));
            }
            for (Fields link : fields.objects("dependencies")) {
                dependencies.computeIfAbsent(link.requireText("ref"), _ -> new TreeSet<>())
                        .addAll(link.texts("dependsOn"));
            }
        });
    }

    private ObjectNode component(String reference, String type, String name) {
        ObjectNode node = JsonNodeFactory.instance.objectNode()
                .put("type", type)
                .put("bom-ref", reference)
                .put("name", name);
        components.put(reference, node);
        return node;
    }

    private static void hash(ObjectNode component, Digest digest) {
        component.putArray("hashes")
                .addObject()
                .put("alg", switch (digest.algorithm()) {
                    case SHA256 -> "SHA-256";
                    case SHA512 -> "SHA-512";
                })
                .put("content", digest.encoded());
    }

    private static Optional<Fields> sbom(MemberImage member) {
        if (member.repository().referrerLister().isEmpty()) {
            return Optional.empty();
        }
        try (Stream<Descriptor> found = member.repository()
                .referrerLister()
                .orElseThrow()
                .referrers(member.manifest().digest(), EvidenceKind.SBOM.artifactType())) {
            return found.limit(MOST_REFERRERS)
                    .reduce((_, last) -> last)
                    .map(referrer -> read(member, referrer));
        } catch (MalformedContentException _) {
            return Optional.empty(); // somebody else's, maybe; the tool's own check tells
        }
    }

    private static Fields read(MemberImage member, Descriptor referrer) {
        Descriptor file = Manifests.fetch(member.repository(), referrer)
                .manifest()
                .successors()
                .stream()
                .filter(each -> each.annotations().containsKey(Annotations.TITLE))
                .findFirst()
                .orElseThrow(() -> new MalformedContentException("cannot read the SBOM of "
                        + member.member() + ": it has no file"));
        if (file.size() > MOST_BYTES) {
            throw new MalformedContentException("cannot read the SBOM of " + member.member() + ": "
                    + file.size() + " bytes, at most " + MOST_BYTES + " are read");
        }
        try (InputStream in = member.repository().fetch(file)) {
            return new Fields(StrictJson.readObject(Bytes.of(in.readAllBytes()), "SBOM"), "SBOM");
        } catch (IOException e) {
            throw new TransferException("cannot read the SBOM of " + member.member() + ": " + e
                    .getMessage(), e, true);
        }
    }
}
