package dev.chandlery.bench.peer;

import dev.chandlery.bench.wire.Connection;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Puts content into servers. */
public final class Content {
    /** Media type of the manifests that are pushed. */
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String BINARY = "application/octet-stream";

    private Content() {}

    /** The digest of those bytes. */
    public static String digest(byte[] bytes) {
        MessageDigest hash = Algorithm.SHA256.newMessageDigest();
        hash.update(bytes);
        return Digest.of(Algorithm.SHA256, hash).toString();
    }

    /** Pushes a blob in two requests, as most clients do: POST, then PUT with the whole content. */
    public static void pushBlob(Connection connection, String repository, String digest,
            ByteBuffer... content) throws IOException {
        String session = connection.send("POST", "/v2/" + repository + "/blobs/uploads/", BINARY,
                ByteBuffer.allocate(0)).expect(202, "begin upload").location();
        String separator = session.contains("?") ? "&" : "?";
        connection.send("PUT", session + separator + "digest=" + digest, BINARY, content)
                .expect(201, "push blob");
    }

    /** Pushes a manifest under a tag or its digest. */
    public static void pushManifest(Connection connection, String repository, String name,
            byte[] manifest) throws IOException {
        connection.send("PUT", "/v2/" + repository + "/manifests/" + name, MANIFEST, ByteBuffer
                .wrap(manifest)).expect(201, "push manifest");
    }

    /**
     * An image manifest.
     *
     * @param more members beside those that must be, each preceded by a comma; may be empty
     */
    public static byte[] manifest(Blob config, Blob layer, String more) {
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":" + config
                .descriptor("application/vnd.oci.image.config.v1+json") + ",\"layers\":["
                + layer.descriptor("application/vnd.oci.image.layer.v1.tar+gzip") + "]" + more
                + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** A blob that a manifest names. */
    public record Blob(String digest, long size) {
        public static Blob of(byte[] bytes) {
            return new Blob(Content.digest(bytes), bytes.length);
        }

        String descriptor(String type) {
            return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":"
                    + size + "}";
        }
    }

    /** Puts a file where a server without pushes serves it at that path. */
    public static void place(Site site, String path, byte[] bytes) throws IOException {
        Path file = Nginx.filesOf(site.folder()).resolve(path.substring(1));
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, bytes);
    }
}
