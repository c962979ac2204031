package dev.chandlery.testkit.hostile;

import dev.chandlery.oci.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One HTTP/1.1 request as it came over the wire.
 *
 * @param target path and query
 * @param headers last value of each, names without regard to case
 */
public record Request(String method, URI target, SortedMap<String, String> headers, Bytes body) {
    private static final int MAX_LINE_BYTES = 64 * 1024;

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The decoded value of a parameter of the query; empty when it is not there. */
    public String query(String name) {
        String raw = target.getRawQuery() == null ? "" : target.getRawQuery();
        return Arrays.stream(raw.split("&", -1))
                .filter(part -> part.startsWith(name + "="))
                .map(part -> URLDecoder.decode(part.substring(name.length() + 1),
                        StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    /** The last segment of the path. */
    public String lastSegment() {
        String path = target.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return method + " " + target;
    }

    /**
     * The next request of the connection, empty when the client closed it.
     *
     * @param begun is told its method before its body is read
     */
    static Optional<Request> read(InputStream in, Consumer<String> begun) throws IOException {
        String line = readLine(in);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        String[] words = line.split(" ", 3);
        SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = readLine(in); !header.isEmpty(); header = readLine(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        begun.accept(words[0]);
        return Optional.of(new Request(words[0], URI.create(words[1]), Collections
                .unmodifiableSortedMap(headers), readBody(in, headers)));
    }

    private static Bytes readBody(InputStream in, SortedMap<String, String> headers)
            throws IOException {
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("the client broke off after " + body.length + " bytes");
        }
        return Bytes.of(body);
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
            if (line.length() > MAX_LINE_BYTES) {
                throw new IOException("a line of more than " + MAX_LINE_BYTES + " bytes");
            }
        }
        return line.toString().stripTrailing();
    }
}
