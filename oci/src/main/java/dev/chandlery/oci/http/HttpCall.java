package dev.chandlery.oci.http;

import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.Content;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A request, immutable; every {@code with} copies.
 *
 * <p>Header values that are secret belong into {@link #withAuthorization} or {@link #withHeader}: both
 * are sent to the origin of {@link #uri} only and never follow a redirect to another one, where nothing
 * but {@code Accept}, {@code Range} and our own defaults are sent.
 */
public final class HttpCall {
    /** A header line. */
    record Header(String name, String value) {}

    /** What is sent. */
    record Body(Content content, long sizeBytes, @Nullable MediaType type) {}

    /**
     * How the call is carried out.
     *
     * @param action for messages; null for one made of method and address
     */
    record Conduct(@Nullable String action, boolean redirects, Repetition repetition,
            @Nullable Origin named,
            Predicate<URI> check) {}

    /** When a call is sent again. */
    private enum Repetition {
        NEVER,
        /** When it failed; not when the server asks for patience. */
        FAILURES,
        /** When it failed, or the server asked for patience. */
        ALWAYS
    }

    private final String method;
    private final URI uri;
    private final List<Header> headers;
    private final @Nullable Body body;
    private final Conduct conduct;

    private HttpCall(String method, URI uri, List<Header> headers, @Nullable Body body,
            Conduct conduct) {
        this.method = method;
        this.uri = uri;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.conduct = conduct;
    }

    /**
     * A call without a body.
     *
     * @throws IllegalArgumentException when the URI is not absolute http or https
     */
    public static HttpCall of(String method, URI uri) {
        Origin.of(uri);
        return new HttpCall(method, uri, List.of(), null,
                new Conduct(null, true, method.equals("PATCH")
                        ? Repetition.NEVER
                        : Repetition.ALWAYS, null, any -> true));
    }

    public static HttpCall get(URI uri) {
        return of("GET", uri);
    }

    public static HttpCall head(URI uri) {
        return of("HEAD", uri);
    }

    /** Adds a header line. */
    public HttpCall withHeader(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new HttpCall(method, uri, more, body, conduct);
    }

    /** Sets the {@code Authorization} of the call's own origin, such as {@code Bearer ...}. */
    public HttpCall withAuthorization(String value) {
        List<Header> more = new ArrayList<>(headers);
        more.removeIf(h -> h.name().equalsIgnoreCase("Authorization"));
        more.add(new Header("Authorization", value));
        return new HttpCall(method, uri, more, body, conduct);
    }

    /** Sends exactly that many bytes; retried only when the content is replayable. */
    public HttpCall withBody(Content content, long sizeBytes, MediaType type) {
        return new HttpCall(method, uri, headers, new Body(content, sizeBytes, type), conduct);
    }

    /** The same, with its type among the headers. */
    public HttpCall withBody(Content content, long sizeBytes) {
        return new HttpCall(method, uri, headers, new Body(content, sizeBytes, null), conduct);
    }

    /** What is attempted, for messages: {@code cannot <action>: ...}. */
    public HttpCall withAction(String action) {
        return with(new Conduct(action, conduct.redirects, conduct.repetition, conduct.named,
                conduct.check));
    }

    /** Every hop, the first included, must pass, else the call is refused. */
    public HttpCall withRedirectCheck(Predicate<URI> check) {
        return with(new Conduct(conduct.action, conduct.redirects, conduct.repetition,
                conduct.named,
                conduct.check.and(check)));
    }

    /** Redirects are given to the caller as they are. */
    public HttpCall withoutRedirects() {
        return with(
                new Conduct(conduct.action, false, conduct.repetition, conduct.named,
                        conduct.check));
    }

    /** One attempt only: for requests that must not be repeated blindly. */
    public HttpCall withoutRetries() {
        return with(new Conduct(conduct.action, conduct.redirects, Repetition.NEVER, conduct.named,
                conduct.check));
    }

    /**
     * Answers that ask for patience, such as 429, are given to the caller, who waits in its own way, or does
     * not; failures are repeated as ever.
     */
    public HttpCall withoutPatience() {
        return with(new Conduct(conduct.action, conduct.redirects, Repetition.FAILURES,
                conduct.named, conduct.check));
    }

    /**
     * Says that this URI came from a server, and which origin the user had named: private and loopback
     * addresses are then refused for the first hop too, unless host and port are the same.
     */
    public HttpCall withNamedOrigin(Origin named) {
        return with(new Conduct(conduct.action, conduct.redirects, conduct.repetition, named,
                conduct.check));
    }

    public String method() {
        return method;
    }

    public URI uri() {
        return uri;
    }

    /** For messages. */
    public String action() {
        return conduct.action == null
                ? "send " + method + " to " + RedactedUri.of(uri)
                : conduct.action;
    }

    List<Header> headerLines() {
        return headers;
    }

    Optional<Body> body() {
        return Optional.ofNullable(body);
    }

    Conduct conduct() {
        return conduct;
    }

    /** Whether it can be sent a second time: it has no body, or one that can be opened again. */
    public boolean isReplayable() {
        return body == null || body.content().replayable();
    }

    boolean mayRepeat() {
        return conduct.repetition != Repetition.NEVER && isReplayable();
    }

    /** Whether a server that asks for patience makes later calls wait; not where the caller sees to that. */
    boolean isPatient() {
        return conduct.repetition != Repetition.FAILURES;
    }

    Origin namedOrigin() {
        return conduct.named == null ? Origin.of(uri) : conduct.named;
    }

    /** The same call at another place; headers as they may be sent there. */
    HttpCall redirectedTo(URI target) {
        boolean same = Origin.of(target).equals(Origin.of(uri));
        List<Header> kept = same
                ? headers
                : headers.stream().filter(h -> isHarmless(h.name())).toList();
        return new HttpCall(method, target, kept, body, new Conduct(action(),
                conduct.redirects, conduct.repetition, namedOrigin(), conduct.check));
    }

    private HttpCall with(Conduct replaced) {
        return new HttpCall(method, uri, headers, body, replaced);
    }

    private static boolean isHarmless(String name) {
        return name.equalsIgnoreCase("Accept") || name.equalsIgnoreCase("Range")
                || name.equalsIgnoreCase("If-Range");
    }

    @Override
    public String toString() {
        return method + " " + RedactedUri.of(uri);
    }
}
