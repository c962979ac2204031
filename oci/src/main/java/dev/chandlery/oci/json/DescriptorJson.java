package dev.chandlery.oci.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Platform;
import java.util.Base64;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Descriptors and platforms, to and from JSON, in the field order of the specification's examples. */
final class DescriptorJson {

    private DescriptorJson() {}

    static Descriptor read(Fields fields) {
        try {
            MediaType mediaType = new MediaType(fields.requireText("mediaType"));
            Digest digest = Digest.parse(fields.requireText("digest"));
            MediaType artifactType = fields.text("artifactType").map(MediaType::new).orElse(null);
            return new Descriptor(mediaType, digest, fields.requireSize("size"),
                    fields.textMap("annotations"), artifactType, platform(fields),
                    fields.texts("urls"), data(fields));
        } catch (InvalidReferenceException e) {
            throw new MalformedContentException("cannot read " + fields.path() + ": " + e
                    .getMessage(), e);
        }
    }

    static ObjectNode write(Descriptor descriptor) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("mediaType", descriptor.mediaType().value());
        node.put("digest", descriptor.digest().toString());
        node.put("size", descriptor.size());
        if (!descriptor.urls().isEmpty()) {
            texts(node.putArray("urls"), descriptor.urls());
        }
        putAnnotations(node, descriptor.annotations());
        if (descriptor.data() != null) {
            node.put("data", Base64.getEncoder().encodeToString(descriptor.data().toArray()));
        }
        if (descriptor.artifactType() != null) {
            node.put("artifactType", descriptor.artifactType().value());
        }
        if (descriptor.platform() != null) {
            node.set("platform", write(descriptor.platform()));
        }
        return node;
    }

    static void putAnnotations(ObjectNode node, SortedMap<String, String> annotations) {
        if (!annotations.isEmpty()) {
            ObjectNode object = node.putObject("annotations");
            annotations.forEach(object::put);
        }
    }

    private static @Nullable Platform platform(Fields fields) {
        return fields.object("platform").map(DescriptorJson::platformOf).orElse(null);
    }

    private static Platform platformOf(Fields fields) {
        String os = fields.text("os").orElse("");
        String architecture = fields.text("architecture").orElse("");
        String variant = fields.text("variant").orElse(null);
        String osVersion = fields.text("os.version").orElse(null);
        return new Platform(os, architecture, variant, osVersion, fields.texts("os.features"));
    }

    private static ObjectNode write(Platform platform) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("architecture", platform.architecture());
        node.put("os", platform.os());
        if (platform.osVersion() != null) {
            node.put("os.version", platform.osVersion());
        }
        if (!platform.osFeatures().isEmpty()) {
            texts(node.putArray("os.features"), platform.osFeatures());
        }
        if (platform.variant() != null) {
            node.put("variant", platform.variant());
        }
        return node;
    }

    private static @Nullable Bytes data(Fields fields) {
        return fields.text("data").map(text -> {
            try {
                return Bytes.of(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException _) {
                throw fields.unexpected("data", "base64");
            }
        }).orElse(null);
    }

    private static void texts(ArrayNode array, Iterable<String> texts) {
        texts.forEach(array::add);
    }
}
