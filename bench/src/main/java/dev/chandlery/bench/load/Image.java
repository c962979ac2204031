package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Content;
import dev.chandlery.bench.peer.Site;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** An image with one layer of 64 MiB, under a tag; its manifest has about 900 bytes. */
public final class Image implements Fixture {
    static final int LAYER_BYTES = 64 * 1024 * 1024;
    private static final String TAG = "v1";
    private static final int ANNOTATION_CHARACTERS = 420;
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);

    private final byte[] layer = layer();
    private final Content.Blob layerBlob = Content.Blob.of(layer);
    private final byte[] manifest = Content.manifest(Content.Blob.of(CONFIG), layerBlob,
            ",\"annotations\":{\"padding\":\"" + "x".repeat(ANNOTATION_CHARACTERS) + "\"}");

    /** The same noise in every run: it cannot be compressed. */
    private static byte[] layer() {
        byte[] bytes = new byte[LAYER_BYTES];
        new Random(LAYER_BYTES).nextBytes(bytes);
        return bytes;
    }

    /** Path of the manifest by its digest. */
    public String byDigest() {
        return manifestPath(Content.digest(manifest));
    }

    /** Path of the manifest by its tag. */
    public String byTag() {
        return manifestPath(TAG);
    }

    /** Path of the layer. */
    public String blob() {
        return "/v2/" + REPOSITORY + "/blobs/" + layerBlob.digest();
    }

    private static String manifestPath(String name) {
        return "/v2/" + REPOSITORY + "/manifests/" + name;
    }

    @Override
    public void fill(Site site) throws IOException {
        if (!site.peer().skills().pushes()) {
            Content.place(site, byDigest(), manifest);
            Content.place(site, byTag(), manifest);
            Content.place(site, blob(), layer);
            return;
        }
        try (Connection connection = site.connect(REPOSITORY)) {
            if (connection.count(byTag()).status() == 200) {
                return;
            }
            Content.pushBlob(connection, REPOSITORY, Content.digest(CONFIG), ByteBuffer.wrap(
                    CONFIG));
            Content.pushBlob(connection, REPOSITORY, layerBlob.digest(), ByteBuffer.wrap(layer));
            Content.pushManifest(connection, REPOSITORY, TAG, manifest);
        }
    }
}
