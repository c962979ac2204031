package dev.chandlery.oci.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.Platform;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an image's config that we write and need.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Configuration.
 *
 * @param platform operating system and machine
 * @param created when the content was made; null when that is not known
 * @param entrypoint what a container runs; may be empty
 * @param environment as {@code NAME=value}
 * @param diffIds digests of the layers' tars, the lowest layer first
 */
public record ImageConfig(Platform platform, @Nullable Instant created, List<String> entrypoint,
        List<String> environment, List<Digest> diffIds) {

    public ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        environment = List.copyOf(environment);
        diffIds = List.copyOf(diffIds);
    }

    /**
     * Reads platform and layers of anyone's config.
     *
     * @throws MalformedContentException when the bytes are no image config
     */
    public static ImageConfig read(Bytes raw) {
        Fields fields = new Fields(StrictJson.readObject(raw, "image config"), "image config");
        try {
            Platform platform = new Platform(fields.requireText("os"),
                    fields.requireText("architecture"), fields.text("variant").orElse(null), null,
                    List.of());
            List<Digest> diffIds = fields.object("rootfs")
                    .map(rootfs -> rootfs.texts("diff_ids"))
                    .orElse(List.of())
                    .stream()
                    .map(Digest::parse)
                    .toList();
            return new ImageConfig(platform, null, entrypoint(fields), List.of(), diffIds);
        } catch (InvalidReferenceException e) {
            throw new MalformedContentException("cannot read image config: " + e.getMessage(), e);
        }
    }

    private static List<String> entrypoint(Fields fields) {
        return fields.object("config").map(c -> c.texts("Entrypoint")).orElse(List.of());
    }

    /** The same bytes for the same values. */
    public Bytes write() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode root = nodes.objectNode();
        if (created != null) {
            root.put("created", created.toString());
        }
        root.put("architecture", platform.architecture());
        root.put("os", platform.os());
        if (platform.variant() != null) {
            root.put("variant", platform.variant());
        }
        ObjectNode config = root.putObject("config");
        putTexts(config, "Env", environment);
        putTexts(config, "Entrypoint", entrypoint);
        ObjectNode rootfs = root.putObject("rootfs").put("type", "layers");
        ArrayNode ids = rootfs.putArray("diff_ids");
        diffIds.forEach(id -> ids.add(id.toString()));
        return StrictJson.write(root);
    }

    private static void putTexts(ObjectNode node, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = node.putArray(name);
            texts.forEach(array::add);
        }
    }
}
