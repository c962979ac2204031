package dev.chandlery.bench.servers;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * What every server here does: a GET of {@link #FILE} is answered with the file of that name, any other GET with
 * {@link #fixed}, a PUT with the digest of what came.
 *
 * @param port to listen on, on the loopback interface
 * @param folder where the file is
 */
record Served(int port, Path folder) {
    static final String HOST = "127.0.0.1";
    static final String FILE = "/file";
    static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
    /** Header fields that a registry sends with a manifest, beside type and length. */
    static final String DIGEST_FIELD = "Docker-Content-Digest";
    static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final int FIXED_BYTES = 900;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] FIXED = "x".repeat(FIXED_BYTES)
            .getBytes(StandardCharsets.US_ASCII);

    /** From the command line: port, folder. */
    static Served of(String... arguments) {
        return new Served(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
    }

    /** A new array each time, of the size of a small manifest. */
    static byte[] fixed() {
        return FIXED.clone();
    }

    Path file() {
        return folder.resolve(FILE.substring(1));
    }

    static MessageDigest newHash() {
        return Algorithm.SHA256.newMessageDigest();
    }

    static byte[] answer(MessageDigest hash) {
        return Digest.of(Algorithm.SHA256, hash).toString().getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] digestOf(InputStream body) throws IOException {
        MessageDigest hash = newHash();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            hash.update(buffer, 0, read);
        }
        return answer(hash);
    }
}
