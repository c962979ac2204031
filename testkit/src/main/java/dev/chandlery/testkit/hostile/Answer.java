package dev.chandlery.testkit.hostile;

import dev.chandlery.oci.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is sent back, and how it goes wrong on the way.
 *
 * @param headers lines {@code Name: value}, besides Content-Length
 * @param length that Content-Length states; empty for none, when the end of the connection ends the body
 */
public record Answer(int status, List<String> headers, Bytes body, OptionalLong length,
        Delivery delivery) {

    /** How the bytes of the body travel. */
    public sealed interface Delivery {
        /** As they should. */
        record Whole() implements Delivery {}

        /** So many, then the end of the connection. */
        record Cut(int afterBytes) implements Delivery {}

        /** So many, then a reset of the connection. */
        record Reset(int afterBytes) implements Delivery {}

        /** So many, then nothing more, on an open connection. */
        record Stall(int afterBytes) implements Delivery {}

        /** One by one. */
        record Drip(Duration between) implements Delivery {}

        /** Again and again, without end. */
        record Endless() implements Delivery {}
    }

    public Answer {
        headers = List.copyOf(headers);
    }

    public static Answer of(int status) {
        return of(status, Bytes.of(new byte[0]));
    }

    public static Answer of(int status, Bytes body) {
        return new Answer(status, List.of(), body, OptionalLong.of(body.size()),
                new Delivery.Whole());
    }

    public static Answer of(int status, String body) {
        return of(status, Bytes.ofUtf8(body));
    }

    /** An error as the specification wants it. */
    public static Answer error(int status, String code) {
        return of(status, "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"scripted\"}]}")
                .with("Content-Type", "application/json");
    }

    public Answer with(String header, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(header + ": " + value);
        return new Answer(status, more, body, length, delivery);
    }

    public Answer without(String header) {
        return new Answer(status, headers.stream()
                .filter(line -> !line.startsWith(header + ":"))
                .toList(), body, length, delivery);
    }

    public Answer withBody(Bytes replaced) {
        return new Answer(status, headers, replaced, OptionalLong.of(replaced.size()), delivery);
    }

    /** A Content-Length that need not be true. */
    public Answer withLength(long stated) {
        return new Answer(status, headers, body, OptionalLong.of(stated), delivery);
    }

    public Answer withoutLength() {
        return new Answer(status, headers, body, OptionalLong.empty(), delivery);
    }

    public Answer delivered(Delivery replaced) {
        return new Answer(status, headers, body, length, replaced);
    }

    /** The head as it is sent. */
    String head() {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        length.ifPresent(bytes -> head.append("Content-Length: ").append(bytes).append("\r\n"));
        if (!keepsConnection()) {
            head.append("Connection: close\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** Whether another request may follow on the same connection. */
    boolean keepsConnection() {
        return delivery instanceof Delivery.Whole && length.orElse(-1) == body.size();
    }
}
