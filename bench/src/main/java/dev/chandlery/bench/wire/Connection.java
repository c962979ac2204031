package dev.chandlery.bench.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One kept connection, used by one thread. It does no more than the answers of the servers measured here
 * need, so that it costs a few microseconds for each.
 */
public final class Connection implements AutoCloseable {
    /** What clients of registries ask for; some registries answer nothing else. */
    public static final String ACCEPT = "Accept: application/vnd.oci.image.manifest.v1+json, "
            + "application/vnd.oci.image.index.v1+json, */*\r\n";
    private static final int BUFFER_BYTES = 256 * 1024;

    private final SocketChannel channel;
    private final String fixedHeaders;
    private final ReplyReader reader;

    private Connection(SocketChannel channel, String fixedHeaders) {
        this.channel = channel;
        this.fixedHeaders = fixedHeaders;
        this.reader = new ReplyReader(channel, ByteBuffer.allocateDirect(BUFFER_BYTES).flip());
    }

    /**
     * Connects.
     *
     * @param headers lines sent with each request, each ended by CR LF; may be empty
     */
    public static Connection open(Address address, String headers) throws IOException {
        SocketChannel channel = SocketChannel.open(address.socket());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new Connection(channel, "Host: " + address + "\r\n" + ACCEPT + headers);
    }

    /** Asks, and reads the whole answer into memory. */
    public Reply get(String target) throws IOException {
        write("GET " + target + " HTTP/1.1\r\n" + fixedHeaders + "\r\n");
        return whole();
    }

    /** Asks, and counts the bytes of the answer's body without keeping them. */
    public Reply count(String target) throws IOException {
        write("GET " + target + " HTTP/1.1\r\n" + fixedHeaders + "\r\n");
        return reader.read(null);
    }

    /** Sends a body, and reads the whole answer into memory. */
    public Reply send(String method, String target, String type, ByteBuffer... body)
            throws IOException {
        long length = 0;
        for (ByteBuffer part : body) {
            length += part.remaining();
        }
        write(method + " " + target + " HTTP/1.1\r\n" + fixedHeaders + "Content-Type: " + type
                + "\r\nContent-Length: " + length + "\r\n\r\n", body);
        return whole();
    }

    /**
     * Fetches a blob and pushes it to another server as it comes. The upload is begun while the blob is on
     * its way.
     *
     * @param blob where it is
     * @param uploads where the other server begins uploads
     * @param digest of the blob
     */
    public void relay(String blob, Connection to, String uploads, String digest)
            throws IOException {
        to.write("POST " + uploads + " HTTP/1.1\r\n" + to.fixedHeaders
                + "Content-Length: 0\r\n\r\n");
        write("GET " + blob + " HTTP/1.1\r\n" + fixedHeaders + "\r\n");
        String session = to.whole().expect(202, "begin upload").location();
        long length = ReplyReader.length(reader.head().expect(200, "get " + blob));
        to.write("PUT " + session + (session.contains("?") ? "&" : "?") + "digest=" + digest
                + " HTTP/1.1\r\n" + to.fixedHeaders
                + "Content-Type: application/octet-stream\r\nContent-Length: " + length
                + "\r\n\r\n");
        reader.pass(length, to.channel);
        to.whole().expect(201, "push " + blob);
    }

    private void write(String head, ByteBuffer... body) throws IOException {
        ByteBuffer[] all = new ByteBuffer[body.length + 1];
        all[0] = ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1));
        System.arraycopy(body, 0, all, 1, body.length);
        while (Arrays.stream(all).anyMatch(ByteBuffer::hasRemaining)) {
            channel.write(all);
        }
    }

    private Reply whole() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Reply head = reader.read(body);
        return new Reply(head.status(), head.headers(), head.bodyBytes(), body.toByteArray());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
