package dev.chandlery.registry.route;

import dev.chandlery.oci.ErrorKind;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.blob.FullStorage;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.http.ResponseBody;
import dev.chandlery.registry.refusal.RefusedException;

/** From failures to answers in the specification's format; nothing of our inside is told. */
final class FailureAnswers {
    private static final System.Logger LOG = System.getLogger(FailureAnswers.class.getName());
    private static final int HTTP_VERSION = 505;
    private static final int INSUFFICIENT_STORAGE = 507;

    // Codes for failures of ours, which the specification has no name for; distribution uses these too.
    private static final String UNKNOWN = "UNKNOWN";
    private static final String UNAVAILABLE = "UNAVAILABLE";

    HttpResponse answer(HttpRequest request, RuntimeException failure, Trace trace) {
        HttpResponse answer = switch (failure) {
            case RefusedException e -> {
                trace.refused(e.code().name(), String.valueOf(e.getMessage()));
                yield of(e.status(), e.code().name(), String.valueOf(e.getMessage()), e
                        .headers());
            }
            case OciException e -> {
                trace.refused(codeOf(e.kind()), String.valueOf(e.getMessage()));
                yield known(trace, request, e);
            }
            default -> {
                trace.refused(UNKNOWN, failure.toString());
                log(trace, request, failure);
                yield of(500, UNKNOWN, "cannot answer request: internal failure; the"
                        + " registry's log has more", ids(trace));
            }
        };
        return request.isHead()
                ? answer.withBody(new ResponseBody.LengthOnly(answer.body().length()))
                : answer;
    }

    HttpResponse refused(int status, String reason) {
        if (status < 500 || status == HTTP_VERSION) {
            return of(status, ErrorCode.UNSUPPORTED.name(), reason, HeaderFields.NONE);
        }
        LOG.log(System.Logger.Level.ERROR, "the HTTP server failed: {0}", reason);
        return of(status, status == 503 ? UNAVAILABLE : UNKNOWN, reason, HeaderFields.NONE);
    }

    private HttpResponse known(Trace trace, HttpRequest request, OciException failure) {
        return switch (failure.kind()) {
            case INVALID_REFERENCE, CONTENT_MISMATCH, UNTRUSTED, MALFORMED_CONTENT -> of(400,
                    failure);
            case NOT_FOUND -> of(404, failure);
            case LIMIT_EXCEEDED -> of(413, failure);
            case UNAUTHORIZED -> of(401, failure);
            case UNSUPPORTED -> of(405, failure);
            case CANCELLED -> of(503, failure);
            case STORAGE, RESPONSE -> storage(trace, request, failure);
            case TRANSFER -> unavailable(trace, request, failure);
        };
    }

    /** What clients, logs and metrics are told. */
    private static String codeOf(ErrorKind kind) {
        return switch (kind) {
            case INVALID_REFERENCE -> ErrorCode.NAME_INVALID.name();
            case NOT_FOUND -> ErrorCode.NAME_UNKNOWN.name();
            case CONTENT_MISMATCH, UNTRUSTED -> ErrorCode.DIGEST_INVALID.name();
            case MALFORMED_CONTENT -> ErrorCode.MANIFEST_INVALID.name();
            case LIMIT_EXCEEDED -> ErrorCode.SIZE_INVALID.name();
            case UNAUTHORIZED -> ErrorCode.UNAUTHORIZED.name();
            case UNSUPPORTED -> ErrorCode.UNSUPPORTED.name();
            case CANCELLED, STORAGE, RESPONSE, TRANSFER -> UNAVAILABLE;
        };
    }

    private HttpResponse unavailable(Trace trace, HttpRequest request, OciException failure) {
        log(trace, request, failure);
        return of(503, UNAVAILABLE, "cannot answer request: a service that the registry needs"
                + " does not answer; try again", ids(trace).plus("Retry-After", "2"));
    }

    // The folder's name is for the log of whoever runs the registry, not for its clients.
    private HttpResponse storage(Trace trace, HttpRequest request, OciException failure) {
        log(trace, request, failure);
        return FullStorage.caused(failure)
                ? of(INSUFFICIENT_STORAGE, UNAVAILABLE, "cannot store content: the"
                        + " registry's disk is full; free space there and try again",
                        ids(trace))
                : of(500, UNAVAILABLE, "cannot use the registry's storage: it is"
                        + " read-only or damaged; the registry's log has more", ids(trace));
    }

    /** With failures of ours the client gets something to ask us about. */
    private static HeaderFields ids(Trace trace) {
        return trace.clientId().isPresent()
                ? HeaderFields.NONE
                : HeaderFields.of(Trace.ID_HEADER, trace.id());
    }

    private static void log(Trace trace, HttpRequest request, RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, () -> request.method() + " " + request.rawPath()
                + " (request " + trace.id() + "): " + failure.getMessage());
        LOG.log(System.Logger.Level.DEBUG, "cause", failure);
    }

    private static HttpResponse of(int status, OciException failure) {
        return of(status, codeOf(failure.kind()), String.valueOf(failure.getMessage()),
                HeaderFields.NONE);
    }

    private static HttpResponse of(int status, String code, String message,
            HeaderFields headers) {
        return new HttpResponse(status, headers, new ResponseBody.Empty())
                .withBody("application/json", ErrorBody.of(code, message));
    }
}
