package dev.chandlery.testkit.hostile;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Ways in which real registries differ from each other and from the specification, each a script of
 * {@link HostileRegistry}. None is a defect that a copy may fail for.
 */
public enum Difference {
    /** distribution, GitLab: the referrers API is not there. */
    REFERRERS_NOT_FOUND(always("GET", Difference.REFERRERS, _ -> Answer.error(404,
            "NAME_UNKNOWN"))),
    /** GHCR: a redirect to a page of the web site. */
    REFERRERS_REDIRECTED(registry -> {
        registry.always("GET", Difference.REFERRERS, _ -> Answer.of(303)
                .with("Location", registry.uri("/-/page")));
        registry.always("GET", "/-/page", _ -> page());
    }),
    REFERRERS_NOT_ALLOWED(always("GET", Difference.REFERRERS, _ -> Answer.error(405,
            "UNSUPPORTED"))),
    /** A front end answers all that it does not know with its page. */
    REFERRERS_ARE_A_PAGE(always("GET", Difference.REFERRERS, _ -> page())),

    /** ECR for blobs that no manifest names yet: a session instead of a mount. */
    MOUNT_OPENS_SESSION(registry -> registry.when("POST",
            request -> !request.query("mount").isEmpty(),
            request -> Answer.of(202)
                    .with("Location", request.target().getPath() + registry.plain()
                            .nextSession()))),
    /** Harbor, for names of one level. */
    MOUNT_BAD_REQUEST(whenQuery("POST", "mount", _ -> Answer.error(400, "NAME_INVALID"))),
    /** GitLab, once. */
    MOUNT_UNAUTHORIZED(whenQuery("POST", "mount", _ -> Answer.error(401, "UNAUTHORIZED"))),
    MOUNT_NOT_ALLOWED(whenQuery("POST", "mount", _ -> Answer.error(405, "UNSUPPORTED"))),
    /** A blob with the POST is not known: the POST fails, or opens a session. */
    NO_SINGLE_POST(whenQuery("POST", "digest", _ -> Answer.error(400, "DIGEST_INVALID"))),

    /** Google's: no chunks at all. */
    NO_CHUNKS(always("PATCH", ".*", _ -> Answer.error(405, "UNSUPPORTED"))),
    /** GHCR: larger chunks than these are refused; bodies of any size are taken whole. */
    CHUNK_LIMIT(when("PATCH", request -> request.body().size() > Difference.LIMIT, _ -> Answer
            .error(416, "BLOB_UPLOAD_INVALID"))),
    /** Behind a proxy with a limit of its own: what is larger must come in chunks. */
    BODY_LIMIT(registry -> {
        when("PUT", request -> request.body().size() > Difference.LIMIT, _ -> Answer.of(413))
                .accept(registry);
        when("POST", request -> request.body().size() > Difference.LIMIT, _ -> Answer.of(413))
                .accept(registry);
    }),
    /** ECR: 201, and all chunks after the first are dropped. */
    CHUNKS_DROPPED(always("PATCH", ".*", request -> Answer.of(201)
            .with("Location", request.target().getPath())
            .with("Range", "0-" + (Difference.LIMIT - 1)))),

    /** Sessions are told by a relative reference, whose query counts. */
    RELATIVE_LOCATION(registry -> {
        registry.always("POST", Difference.UPLOADS, request -> Answer.of(202)
                .with("Location", registry.plain().nextSession() + "?_state=a%2Fb%3D"));
        when("PUT", request -> request.target().getPath().contains("/uploads/session")
                && !request.target().getRawQuery().contains("_state=a%2Fb%3D"),
                _ -> Answer.error(404, "BLOB_UPLOAD_UNKNOWN")).accept(registry);
    }),
    /** distribution: absolute, with a state. */
    ABSOLUTE_LOCATION(registry -> registry.always("POST", Difference.UPLOADS,
            request -> Answer.of(202)
                    .with("Location", registry.uri(request.target().getPath() + registry.plain()
                            .nextSession() + "?_state=x")))),

    /** The list of tags ends at a limit of the registry's own, and links to no next page. */
    LIST_ENDS_EARLY(registry -> registry.always("GET", Difference.TAGS,
            request -> shortList(registry, request.query("last")))),
    /** ECR: a page of more names than it likes is an error. */
    PAGE_LIMIT(when("GET", request -> request.target().getPath().endsWith("/tags/list")
            && Integer.parseInt(request.query("n")) > 100, _ -> Answer.error(400,
                    "PAGINATION_NUMBER_INVALID"))),
    /** ACR with tokens for single repositories: tags are not to be listed. */
    NO_TAG_LIST(always("GET", Difference.TAGS, _ -> Answer.error(401, "UNAUTHORIZED"))),

    /** Docker-Content-Digest is optional. */
    NO_DIGEST_HEADERS(registry -> List.of("GET", "HEAD", "PUT")
            .forEach(method -> registry.always(method, "/v2/.*", request -> registry.plain()
                    .answer(request)
                    .without("Docker-Content-Digest")))),

    /** Tokens come as {@code token}, without a word on when they expire. */
    PLAIN_TOKENS(new TokenServer("token")::guard),
    /** Tokens come as {@code access_token}. */
    ACCESS_TOKENS(new TokenServer("access_token")::guard),
    /** Only the first of several scopes is granted. */
    FIRST_SCOPE_ONLY(new TokenServer("token").grantingFirstScope()::guard),
    /** ACR: the token server wants a form by POST. */
    TOKENS_BY_POST(new TokenServer("access_token").byPost()::guard),
    /** Docker Hub: who may only pull is told 401 for what is not there. */
    ABSENT_IS_UNAUTHORIZED(new TokenServer("token").hidingWhatIsAbsent()::guard),

    /** Many are slowed down for a while. */
    THROTTLES(registry -> List.of("GET", "HEAD", "POST", "PUT")
            .forEach(method -> registry.times(2, method, ".*", _ -> Answer.error(429,
                    "TOOMANYREQUESTS").with("Retry-After", "0")))),
    /** GHCR's secondary limit. */
    THROTTLES_BY_403(registry -> registry.times(2, "POST", Difference.UPLOADS, _ -> Answer.error(
            403, "DENIED").with("Retry-After", "0")));

    /** Bytes that bodies may have where they are limited. */
    public static final int LIMIT = 300_000;

    private static final int SHORT_LIST = 50;

    private static final String REFERRERS = "/v2/.*/referrers/.*";
    private static final String UPLOADS = "/v2/.*/blobs/uploads/";
    private static final String TAGS = "/v2/.*/tags/list";

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Consumer<HostileRegistry> script;

    Difference(Consumer<HostileRegistry> script) {
        this.script = script;
    }

    private static Consumer<HostileRegistry> always(String method, String path,
            Function<Request, Answer> script) {
        return registry -> registry.always(method, path, script);
    }

    private static Consumer<HostileRegistry> when(String method, Predicate<Request> condition,
            Function<Request, Answer> script) {
        return registry -> registry.when(method, condition, script);
    }

    private static Consumer<HostileRegistry> whenQuery(String method, String parameter,
            Function<Request, Answer> script) {
        return when(method, request -> !request.query(parameter).isEmpty(), script);
    }

    private static Answer page() {
        return Answer.of(200, "<html>").with("Content-Type", "text/html");
    }

    /** Names behind the last one, at most so many, without a link. */
    private static Answer shortList(HostileRegistry registry, String last) {
        return Answer.of(200, registry.plain()
                .tags()
                .filter(tag -> tag.compareTo(last) > 0)
                .limit(SHORT_LIST)
                .map(tag -> "\"" + tag + "\"")
                .collect(Collectors.joining(",", "{\"tags\":[", "]}")));
    }

    /** Makes the registry be so from now on. */
    public void applyTo(HostileRegistry registry) {
        script.accept(registry);
    }
}
