package dev.chandlery.cli.metrics;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.oci.http.TransportOptions.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Figures on their way to another machine: there within seconds, or not at all, as no command may wait for who
 * watches it. Sent once, since a difference that arrived twice would count twice.
 */
final class Delivery implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_ANSWER = 4096;
    private static final int MOST_TOLD = 200;

    private final HttpTransport transport;

    /** @param options proxies and certificates; times are our own */
    Delivery(TransportOptions options) {
        this.transport = new HttpTransport(options
                .withTimeouts(new Timeouts(PATIENCE, PATIENCE, PATIENCE, options.timeouts()
                        .progressBytes()))
                .withRetry(RetryPolicy.NONE));
    }

    /**
     * What is sent.
     *
     * @param method PUT or POST
     * @param to where
     * @param body the figures
     * @param headers besides those of the body; their values are secrets
     */
    record Parcel(String method, URI to, Bytes body, MediaType type,
            SortedMap<String, String> headers) {

        Parcel {
            headers = new TreeMap<>(headers);
        }

        /** What goes wrong with it, without secrets of the address. */
        String failure(String why) {
            return "cannot " + action() + ": " + why;
        }

        private String action() {
            return "send metrics to " + RedactedUri.of(to);
        }

        /** Nothing of the headers. */
        @Override
        public String toString() {
            return method + " " + RedactedUri.of(to);
        }
    }

    /**
     * Sends it.
     *
     * @param accepted reads the answer of who took it: what is wrong all the same, or empty
     * @return what went wrong, or empty
     */
    String send(Parcel parcel, Function<Bytes, String> accepted) {
        HttpCall call = HttpCall.of(parcel.method(), parcel.to())
                .withBody(Content.of(parcel.body()), parcel.body().size(), parcel.type())
                .withAction(parcel.action());
        for (Map.Entry<String, String> header : parcel.headers().entrySet()) {
            call = call.withHeader(header.getKey(), header.getValue());
        }
        try (HttpReply reply = transport.send(call)) {
            String why = reply.isSuccess()
                    ? accepted.apply(answer(reply))
                    : reply.status() + " " + answer(reply).utf8();
            return why.isEmpty() ? "" : parcel.failure(plain(parcel, why));
        } catch (OciException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Bytes answer(HttpReply reply) {
        try {
            return reply.bytes(MOST_ANSWER);
        } catch (OciException _) {
            return Bytes.ofUtf8(""); // the status says enough
        }
    }

    /** A line that can be shown: answers may repeat what they were asked with, or steer terminals. */
    private static String plain(Parcel parcel, String text) {
        String line = text.lines().findFirst().orElse("");
        for (String secret : parcel.headers().values()) {
            line = secret.isEmpty() ? line : line.replace(secret, "***");
        }
        StringBuilder shown = new StringBuilder();
        line.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(MOST_TOLD)
                .forEach(shown::appendCodePoint);
        return shown.toString().strip();
    }

    @Override
    public void close() {
        transport.close();
    }
}
