package dev.chandlery.publisher.attest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import dev.chandlery.publisher.attest.gobuild.GoBinary;
import dev.chandlery.publisher.attest.gobuild.GoBuild;
import dev.chandlery.publisher.attest.gobuild.GoModule;
import dev.chandlery.publisher.pack.PackedFile;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The components of an SBOM: files, and the modules that Go's linker recorded in them. Used once. */
final class SbomFiles {
    private static final String GO = "pkg:golang/";

    private final SortedMap<String, ObjectNode> components = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> dependencies = new TreeMap<>();
    private final String root;

    /** @param root reference of the tool itself */
    SbomFiles(String root) {
        this.root = root;
        dependencies.put(root, new TreeSet<>());
    }

    /** @throws StorageException when the file cannot be read */
    void add(PackedFile file) {
        String reference = "file:" + file.path();
        ObjectNode node = component("file", reference, file.path());
        try {
            hash(node.putArray("hashes").addObject(), digest(file));
            ArrayNode properties = node.putArray("properties");
            property(properties, "size", Long.toString(file.size()));
            file.machine().ifPresent(machine -> property(properties, "executable", machine));
            Optional<GoBuild> go = file.machine().isPresent()
                    ? GoBinary.read(file.content())
                    : Optional.empty();
            go.ifPresent(build -> add(reference, properties, build));
        } catch (IOException e) {
            throw new StorageException("cannot read " + file.content() + ": " + e, e);
        }
        depends(root, reference);
    }

    private void add(String file, ArrayNode properties, GoBuild build) {
        property(properties, "go.version", build.goVersion());
        property(properties, "go.package", build.mainPackage());
        build.settings()
                .forEach((key, value) -> property(properties, "go.build." + key, value));
        build.main().ifPresent(module -> depends(file, module(module)));
        build.dependencies().forEach(module -> depends(file, module(module)));
        String standard = GO + "std@" + build.goVersion();
        if (!components.containsKey(standard)) {
            component("library", standard, "std").put("version", build.goVersion())
                    .put("purl",
                            standard);
        }
        depends(file, standard);
    }

    private String module(GoModule module) {
        String purl = GO + PackageUrl.path(module.path()) + (module.version().isEmpty()
                ? ""
                : "@" + PackageUrl.encode(module.version()));
        if (!components.containsKey(purl)) {
            ObjectNode node = component("library", purl, module.path());
            node.put("version", module.version()).put("purl", purl);
            module.sum()
                    .ifPresent(sum -> property(node.putArray("properties"), "go.sum", sum));
        }
        return purl;
    }

    private ObjectNode component(String type, String reference, String name) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", type).put("bom-ref", reference).put("name", name);
        components.put(reference, node);
        return node;
    }

    private void depends(String from, String to) {
        dependencies.computeIfAbsent(from, _ -> new TreeSet<>()).add(to);
    }

    /** Writes {@code components} and {@code dependencies}. */
    void write(ObjectNode bom) {
        ArrayNode all = bom.putArray("components");
        components.values().forEach(all::add);
        ArrayNode links = bom.putArray("dependencies");
        dependencies.forEach((from, targets) -> {
            ArrayNode on = links.addObject().put("ref", from).putArray("dependsOn");
            targets.forEach(on::add);
        });
    }

    static void hash(ObjectNode node, Digest digest) {
        node.put("alg", switch (digest.algorithm()) {
            case SHA256 -> "SHA-256";
            case SHA512 -> "SHA-512";
        }).put("content", digest.encoded());
    }

    static void property(ArrayNode properties, String name, String value) {
        properties.addObject().put("name", "dev.chandlery:" + name).put("value", value);
    }

    private static Digest digest(PackedFile file) throws IOException {
        return Digest.ofFile(Algorithm.SHA256, file.content());
    }
}
