package dev.chandlery.registry.collect;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Manifests as text. */
public final class Graphs {
    public static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    private Graphs() {}

    public static Bytes image(Bytes... layers) {
        return image(LAYER, "", layers);
    }

    /** An image manifest; {@code more} are members, each with a comma before it. */
    public static Bytes image(String layerType, String more, Bytes... layers) {
        String list = Arrays.stream(layers)
                .map(l -> descriptor(layerType, l.digest(), l.size()))
                .collect(Collectors.joining(","));
        return Bytes.ofUtf8("{\"schemaVersion\":2,\"mediaType\":\"" + IMAGE + "\",\"config\":"
                + descriptor("application/vnd.oci.empty.v1+json", Served.EMPTY.digest(),
                        Served.EMPTY.size())
                + ",\"layers\":[" + list + "]" + more + "}");
    }

    public static Bytes attached(Digest subject, Bytes... layers) {
        return image(LAYER, ",\"artifactType\":\"application/vnd.example\",\"subject\":"
                + descriptor(IMAGE, subject, 7), layers);
    }

    public static Bytes index(Bytes... children) {
        String list = Arrays.stream(children)
                .map(c -> descriptor(c.utf8()
                        .startsWith("{\"schemaVersion\":2,\"mediaType\":\""
                                + INDEX) ? INDEX : IMAGE, c.digest(), c.size()))
                .collect(Collectors.joining(","));
        return Bytes.ofUtf8("{\"schemaVersion\":2,\"mediaType\":\"" + INDEX
                + "\",\"manifests\":[" + list + "]}");
    }

    private static String descriptor(String type, Digest digest, long size) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size
                + "}";
    }
}
