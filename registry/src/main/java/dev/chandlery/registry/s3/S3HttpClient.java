package dev.chandlery.registry.s3;

import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Sends what Amazon's library asks for by the transport that all others use. It looks whether a kept connection
 * is still open before it writes to it, and reads answers that come before a body was taken whole. Of the JDK's
 * simple client, after a service had closed its connections, each attempt failed on another dead one.
 */
final class S3HttpClient implements SdkHttpClient {
    /** The library tries again by itself. */
    private static final TransportOptions OPTIONS = TransportOptions.of(System.getenv())
            .withTimeouts(new TransportOptions.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(
                    60), Duration.ofSeconds(60), 1024))
            .withRetry(TransportOptions.RetryPolicy.NONE);
    /** What the transport sets by itself. */
    private static final Set<String> OWN_HEADERS = Set.of("content-length", "user-agent",
            "accept-encoding");

    private final HttpTransport transport = new HttpTransport(OPTIONS);

    @Override
    public String clientName() {
        return "Chandlery";
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Prepared(transport, request);
    }

    @Override
    public void close() {
        transport.close();
    }

    /** One attempt; ended by closing what it gave. */
    private record Prepared(HttpTransport transport,
            HttpExecuteRequest request) implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() throws IOException {
            HttpReply reply = send();
            return HttpExecuteResponse.builder()
                    .response(SdkHttpResponse.builder()
                            .statusCode(reply.status())
                            .headers(reply.headers())
                            .build())
                    .responseBody(AbortableInputStream.create(reply.body(), reply::abort))
                    .build();
        }

        /** The library knows what to do by the kind of an {@code IOException}. */
        private HttpReply send() throws IOException {
            try {
                return transport.send(toCall());
            } catch (TransferException e) {
                throw e.getCause() instanceof IOException broken
                        ? broken
                        : new IOException(e.getMessage(), e);
            }
        }

        private HttpCall toCall() {
            HttpCall call = HttpCall.of(request.httpRequest().method().name(), request.httpRequest()
                    .getUri()).withoutRedirects().withoutPatience();
            for (var header : request.httpRequest().headers().entrySet()) {
                if (!OWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                    for (String value : header.getValue()) {
                        call = call.withHeader(header.getKey(), value);
                    }
                }
            }
            return withBody(call);
        }

        private HttpCall withBody(HttpCall call) {
            if (request.contentStreamProvider().isEmpty()) {
                return call;
            }
            Content content = request.contentStreamProvider().get()::newStream;
            long size = request.httpRequest()
                    .firstMatchingHeader("Content-Length")
                    .map(Long::parseLong)
                    .orElseThrow();
            return call.withBody(content, size);
        }

        /** The library ends a request by interrupting its thread. */
        @Override
        public void abort() {
            // Nothing is under way that another thread could end.
        }
    }
}
