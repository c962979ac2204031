package dev.chandlery.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * An OCI layout that is like a registry of tools: repositories with some tags, each an index of images for some
 * platforms with a referrer, layers that tags share, and a few large ones. Enough of it that what a copy does
 * over and over is seen to be hot.
 */
final class TrainingLayout {
    private static final int REPOSITORIES = 24;
    private static final int TAGS = 4;
    private static final List<String> PLATFORMS = List.of("amd64", "arm64", "riscv64");
    private static final int SMALL_LAYER = 2_000;
    private static final int LARGE_LAYER = 16 << 20;
    private static final int LARGE_LAYERS = 3;
    private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";

    private final Path folder;
    private final Random random = new Random(1);
    private final List<String> entries = new ArrayList<>();

    private TrainingLayout(Path folder) {
        this.folder = folder;
    }

    /** Writes it into a new folder. */
    static void write(Path folder) throws IOException {
        TrainingLayout layout = new TrainingLayout(folder);
        Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        for (int i = 0; i < REPOSITORIES; i++) {
            layout.addRepository("training/tool-" + i, i < LARGE_LAYERS);
        }
        Files.writeString(folder.resolve("index.json"), index(layout.entries));
    }

    private void addRepository(String name, boolean large) throws IOException {
        String shared = blob(LAYER_TYPE, noise(large ? LARGE_LAYER : SMALL_LAYER));
        for (int tag = 0; tag < TAGS; tag++) {
            List<String> images = new ArrayList<>();
            for (String platform : PLATFORMS) {
                images.add(image(shared, platform));
            }
            String root = blob(INDEX_TYPE, bytes(index(images)));
            entries.add(with(root, "\"annotations\":{\"org.opencontainers.image.ref.name\":\""
                    + name + ":1." + tag + "\"}"));
            entries.add(blob(MANIFEST_TYPE, bytes(referrer(root))));
        }
    }

    private String image(String shared, String platform) throws IOException {
        String config = blob(CONFIG_TYPE, bytes("{\"architecture\":\"" + platform
                + "\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},\"n\":"
                + random.nextInt() + "}"));
        String layer = blob(LAYER_TYPE, noise(SMALL_LAYER));
        String image = blob(MANIFEST_TYPE, bytes(manifest(config, shared + "," + layer, "")));
        return with(image, "\"platform\":{\"architecture\":\"" + platform
                + "\",\"os\":\"linux\"}");
    }

    private String referrer(String subject) throws IOException {
        String type = "application/vnd.in-toto+json";
        return manifest(blob("application/vnd.oci.empty.v1+json", bytes("{}")),
                blob(type, noise(SMALL_LAYER)), ",\"artifactType\":\"" + type
                        + "\",\"subject\":" + subject);
    }

    private static String manifest(String config, String layers, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST_TYPE + "\",\"config\":"
                + config + ",\"layers\":[" + layers + "]" + more + "}";
    }

    private static String index(List<String> manifests) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX_TYPE + "\",\"manifests\":["
                + String.join(",", manifests) + "]}";
    }

    /** Stores it, and returns its descriptor. */
    private String blob(String type, byte[] content) throws IOException {
        String hex = sha256(content);
        Files.write(folder.resolve("blobs/sha256").resolve(hex), content);
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"sha256:" + hex + "\",\"size\":"
                + content.length + "}";
    }

    private static String with(String descriptor, String more) {
        return descriptor.substring(0, descriptor.length() - 1) + "," + more + "}";
    }

    private byte[] noise(int size) {
        byte[] noise = new byte[size];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
