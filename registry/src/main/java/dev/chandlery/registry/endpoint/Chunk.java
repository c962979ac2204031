package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.oci.api.HeaderNames;
import dev.chandlery.registry.hook.Change;
import dev.chandlery.registry.hook.Hooks;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.upload.UploadSession;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a blob that one request carries: a stream, or a chunk that says where it belongs.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pushing a blob in chunks; the range has no unit there.
 *
 * @param begin offset that the first byte belongs at, empty when the request does not say
 * @param length in bytes, empty when the request does not say
 */
record Chunk(OptionalLong begin, OptionalLong length) {
    private static final int RANGE_NOT_SATISFIABLE = 416;
    /** At most 18 digits always fit into a long; the unit is sent by some clients. */
    private static final Pattern RANGE = Pattern.compile(
            "(?:bytes[ =])?(\\d{1,18})-(\\d{1,18})(?:/\\S*)?");

    /** @throws RefusedException 400 when the request contradicts itself */
    static Chunk of(HttpRequest request) {
        String header = request.headers().first(HeaderNames.CONTENT_RANGE).orElse("").strip();
        if (header.isEmpty()) {
            return new Chunk(OptionalLong.empty(), request.contentLength());
        }
        Matcher range = RANGE.matcher(header);
        if (!range.matches()) {
            throw invalid("expected Content-Range as first-last, got \"" + header + "\"");
        }
        long first = Long.parseLong(range.group(1));
        long length = Long.parseLong(range.group(2)) - first + 1;
        if (length < 1 || request.contentLength().orElse(length) != length) {
            throw invalid("Content-Range " + header + " is " + length
                    + " bytes, Content-Length says " + request.contentLength().orElse(length));
        }
        return new Chunk(OptionalLong.of(first), OptionalLong.of(length));
    }

    /**
     * Appends the request's body to the session.
     *
     * @param digest that the blob will have; empty when that is not known
     * @throws RefusedException 416 when it does not begin where the session ends; with where it stands; 403 when
     *     a hook leaves no room for it
     * @throws IOException when the body breaks; what came of it stays
     */
    void append(Call call, UploadSession session, String digest, Hooks hooks)
            throws IOException {
        if (begin.orElse(session.offset()) != session.offset()) {
            HttpResponse progress = UploadAnswers.progress(RANGE_NOT_SATISFIABLE, call
                    .repository(), session);
            throw new RefusedException(ErrorCode.BLOB_UPLOAD_INVALID, RANGE_NOT_SATISFIABLE,
                    "cannot append chunk: expected it to begin at " + session.offset() + ", got "
                            + begin.orElse(0),
                    progress.headers());
        }
        session.append(call.request().body(), length, staged -> hooks.room(new Change(
                Change.Operation.PUSH_BLOB, call.repository(), digest, staged, Optional.empty(),
                call.actor())));
    }

    private static RefusedException invalid(String why) {
        return new RefusedException(ErrorCode.BLOB_UPLOAD_INVALID, "cannot accept chunk: " + why);
    }
}
