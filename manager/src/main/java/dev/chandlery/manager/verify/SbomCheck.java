package dev.chandlery.manager.verify;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.oci.json.StrictJson;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares an SBOM with what a layer holds. */
final class SbomCheck {

    private SbomCheck() {}

    /**
     * Requires that the SBOM names exactly these files.
     *
     * @return what was found, for people
     * @throws dev.chandlery.oci.MalformedContentException when it is no CycloneDX
     */
    static String require(Bytes sbom, SortedMap<String, Digest> files) {
        Fields root = new Fields(StrictJson.readObject(sbom, "the SBOM"), "the SBOM");
        if (!root.requireText("bomFormat").equals("CycloneDX")) {
            throw root.unexpected("bomFormat", "CycloneDX, got " + root.requireText("bomFormat"));
        }
        List<Fields> components = root.objects("components");
        SortedMap<String, Digest> named = new TreeMap<>();
        for (Fields component : components) {
            if (component.requireText("type").equals("file")) {
                named.put(component.requireText("name"), hash(component));
            }
        }
        files.forEach((path, digest) -> {
            if (!digest.equals(named.get(path))) {
                throw Problem.differs(path + " in the SBOM", digest, named.containsKey(path)
                        ? named.get(path)
                        : "no such file");
            }
        });
        named.keySet().removeAll(files.keySet());
        if (!named.isEmpty()) {
            throw Problem.differs("files in the SBOM", "those of the layer", "also " + named
                    .keySet());
        }
        return files.size() + (files.size() == 1 ? " file, " : " files, ") + (components.size()
                - files.size()) + " modules";
    }

    /** Requires that upstream's own bills of materials, which it names, are attached. */
    static void requireUpstreams(Bytes sbom, List<Attached> attached) {
        Set<Digest> there = attached.stream()
                .flatMap(each -> each.document().manifest().successors().stream())
                .map(Descriptor::digest)
                .collect(Collectors.toSet());
        List<Fields> references = new Fields(StrictJson.readObject(sbom, "the SBOM"), "the SBOM")
                .object("metadata")
                .flatMap(metadata -> metadata.object("component"))
                .map(component -> component.objects("externalReferences"))
                .orElse(List.of());
        for (Fields reference : references) {
            if (reference.requireText("type").equals("bom") && !there.contains(hash(reference))) {
                throw Problem.differs(reference.requireText("url") + ", upstream's own SBOM",
                        hash(reference), "no such file attached");
            }
        }
    }

    private static Digest hash(Fields component) {
        for (Fields hash : component.objects("hashes")) {
            if (hash.requireText("alg").equals("SHA-256")) {
                try {
                    return new Digest(Algorithm.SHA256, hash.requireText("content"));
                } catch (InvalidReferenceException _) {
                    break;
                }
            }
        }
        throw component.unexpected("hashes", "a SHA-256");
    }
}
