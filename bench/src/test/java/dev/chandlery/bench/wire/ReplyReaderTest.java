package dev.chandlery.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private static ReplyReader reader(String wire) {
        return new ReplyReader(Channels.newChannel(new ByteArrayInputStream(wire.getBytes(
                StandardCharsets.US_ASCII))), ByteBuffer.allocate(7).flip());
    }

    @Test
    void readsBodiesByLengthOneAfterTheOther() throws IOException {
        ReplyReader reader = reader(String.join("\r\n", "HTTP/1.1 200 OK", "Content-Length: 3",
                "ETag: x", "", "abcHTTP/1.1 404 Not Found", "content-length: 2", "", "no"));
        Reply first = reader.read(null);
        Reply second = reader.read(body);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.bodyBytes()).isEqualTo(3);
        assertThat(first.header("etag")).contains("x");
        assertThat(second.status()).isEqualTo(404);
        assertThat(body).hasToString("no");
    }

    @Test
    void readsBodiesInChunks() throws IOException {
        Reply reply = reader(String.join("\r\n", "HTTP/1.1 200 OK", "Transfer-Encoding: chunked",
                "", "A", "0123456789", "3", "abc", "0", "", "")).read(body);
        assertThat(reply.bodyBytes()).isEqualTo(13);
        assertThat(body).hasToString("0123456789abc");
    }

    @Test
    void endOfTheConnectionIsAFailure() {
        assertThatThrownBy(() -> reader("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab").read(
                null)).isInstanceOf(EOFException.class);
    }
}
