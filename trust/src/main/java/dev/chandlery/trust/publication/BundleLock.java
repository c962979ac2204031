package dev.chandlery.trust.publication;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.oci.json.StrictJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is inside a bundle, as JSON: each tool's version, and for each platform the digests of its manifest and
 * layers, in the order of the layers. The same bundle gives the same bytes; registry and namespace are not in
 * it, so that a copy of the bundle has the same lock.
 *
 * @param bundle its name
 * @param version its own; empty for none
 * @param base image below the tools; empty for none
 * @param tools in the order of their layers
 * @param leftOut platforms that it is not built for, with the reason
 */
public record BundleLock(String bundle, Optional<String> version, Optional<Base> base,
        List<Tool> tools, SortedMap<String, String> leftOut) {
    private static final int SCHEMA = 1;
    private static final int MOST_TOOLS = 1000;

    /**
     * The image below the tools.
     *
     * @param name as registry.yaml has it
     * @param digest of its index or manifest
     */
    public record Base(String name, Digest digest) {}

    /**
     * A tool.
     *
     * @param repository path below the registry's namespace
     * @param platforms for which the bundle is built
     */
    public record Tool(String name, String version, String repository,
            SortedMap<PlatformName, Content> platforms) {
        public Tool {
            platforms = Collections.unmodifiableSortedMap(new TreeMap<>(platforms));
        }
    }

    /** A tool for one platform: its manifest and the layers of it. */
    public record Content(Digest manifest, List<Layer> layers) {
        public Content {
            layers = List.copyOf(layers);
        }
    }

    /**
     * A layer.
     *
     * @param digest of the blob
     * @param size of the blob in bytes
     * @param diffId digest of the tar inside
     */
    public record Layer(Digest digest, long size, Digest diffId) {}

    public BundleLock {
        tools = List.copyOf(tools);
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    }

    public Bytes write() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", SCHEMA);
        root.put("bundle", bundle);
        version.ifPresent(text -> root.put("version", text));
        base.ifPresent(image -> root.putObject("base")
                .put("name", image.name())
                .put("digest", image.digest().toString()));
        ArrayNode array = root.putArray("tools");
        tools.forEach(tool -> write(tool, array.addObject()));
        ObjectNode missing = root.putObject("left_out");
        leftOut.forEach(missing::put);
        return StrictJson.write(root);
    }

    private static void write(Tool tool, ObjectNode node) {
        node.put("name", tool.name()).put("version", tool.version());
        node.put("repository", tool.repository());
        ObjectNode platforms = node.putObject("platforms");
        tool.platforms().forEach((platform, content) -> {
            ObjectNode one = platforms.putObject(platform.value())
                    .put("manifest", content
                            .manifest()
                            .toString());
            ArrayNode layers = one.putArray("layers");
            content.layers()
                    .forEach(layer -> layers.addObject()
                            .put("digest", layer.digest().toString())
                            .put("size", layer.size())
                            .put("diff_id", layer.diffId().toString()));
        });
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param where for messages
     * @throws MalformedContentException when it is no lock, or one of a later schema
     */
    public static BundleLock read(Bytes json, String where) {
        Fields root = new Fields(StrictJson.readObject(json, where), where);
        if (root.requireSize("schema") != SCHEMA) {
            throw root.unexpected("schema", SCHEMA + ", got " + root.requireSize("schema"));
        }
        List<Fields> listed = root.objects("tools");
        if (listed.isEmpty() || listed.size() > MOST_TOOLS) {
            throw root.unexpected("tools", "1 to " + MOST_TOOLS + " tools, got " + listed.size());
        }
        Optional<Base> base = root.object("base")
                .map(fields -> new Base(fields.requireText("name"), digest(fields, "digest")));
        return new BundleLock(root.requireText("bundle"), root.text("version"), base, listed
                .stream()
                .map(BundleLock::tool)
                .toList(), root.textMap("left_out"));
    }

    private static Tool tool(Fields fields) {
        SortedMap<PlatformName, Content> platforms = new TreeMap<>();
        Fields all = fields.object("platforms")
                .orElseThrow(() -> fields.unexpected(
                        "platforms", "an object"));
        for (String name : all.node().propertyStream().map(java.util.Map.Entry::getKey).toList()) {
            PlatformName platform = PlatformName.find(name)
                    .orElseThrow(() -> all.unexpected(name,
                            "a platform that has a name"));
            Fields content = all.object(name)
                    .orElseThrow(() -> all.unexpected(name,
                            "an object"));
            List<Layer> layers = new ArrayList<>();
            for (Fields layer : content.objects("layers")) {
                layers.add(new Layer(digest(layer, "digest"), layer.requireSize("size"), digest(
                        layer, "diff_id")));
            }
            platforms.put(platform, new Content(digest(content, "manifest"), layers));
        }
        return new Tool(fields.requireText("name"), fields.requireText("version"), fields
                .requireText("repository"), platforms);
    }

    private static Digest digest(Fields fields, String name) {
        try {
            return Digest.parse(fields.requireText(name));
        } catch (InvalidReferenceException _) {
            throw fields.unexpected(name, "a digest");
        }
    }
}
