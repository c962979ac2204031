package dev.chandlery.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Asks a registry once for all that clients usually ask for: a push, a pull and the lists. */
record FirstRequests(URI registry) {
    private static final String REPOSITORY = "/v2/training/first/";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    void send() throws IOException {
        String blob = digest(EMPTY);
        String descriptor = "{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\""
                + blob + "\",\"size\":2}";
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                + descriptor + ",\"layers\":[" + descriptor + "]}").getBytes(
                        StandardCharsets.UTF_8);
        ask("GET", "/v2/", "", new byte[0]);
        String session = ask("POST", REPOSITORY + "blobs/uploads/", "", new byte[0])
                .getHeaderField("Location");
        ask("PUT", session + (session.contains("?") ? "&" : "?") + "digest=" + blob,
                "application/octet-stream", EMPTY);
        ask("HEAD", REPOSITORY + "blobs/" + blob, "", new byte[0]);
        ask("PUT", REPOSITORY + "manifests/1", MANIFEST, manifest);
        ask("HEAD", REPOSITORY + "manifests/1", "", new byte[0]);
        ask("GET", REPOSITORY + "manifests/" + digest(manifest), "", new byte[0]);
        ask("GET", REPOSITORY + "blobs/" + blob, "", new byte[0]);
        ask("GET", REPOSITORY + "tags/list", "", new byte[0]);
        ask("GET", REPOSITORY + "referrers/" + digest(manifest), "", new byte[0]);
        ask("GET", REPOSITORY + "manifests/none", "", new byte[0]);
    }

    private HttpURLConnection ask(String method, String target, String type, byte[] body)
            throws IOException {
        HttpURLConnection connection = (HttpURLConnection) registry.resolve(target)
                .toURL()
                .openConnection();
        connection.setRequestMethod(method);
        if (method.equals("POST") || method.equals("PUT")) {
            connection.setRequestProperty("Content-Type", type);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        System.err.println(method + " " + target + ": " + status);
        if (status < HttpURLConnection.HTTP_BAD_REQUEST) {
            connection.getInputStream().readAllBytes();
        }
        return connection;
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:" + HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
