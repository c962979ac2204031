package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.blob.FullStorage;
import dev.chandlery.registry.hook.Change;
import dev.chandlery.registry.hook.Hooks;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.refusal.Unknown;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.route.Endpoint;
import dev.chandlery.registry.upload.UploadSession;
import dev.chandlery.registry.upload.UploadSessions;
import java.io.IOException;
import java.util.Optional;

/**
 * The requests to an upload session that exists: append, finish, ask, cancel.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, end-5, end-6, end-13 and end-14.
 */
public record ContinueUpload(UploadSessions sessions, Step step) implements Endpoint {

    /** What to do with the session. */
    @FunctionalInterface
    public interface Step {
        /** Does it and answers; the session is given back by the caller. */
        HttpResponse take(Call call, UploadSession session) throws IOException;
    }

    /** Appends the body: {@code PATCH}. */
    public static ContinueUpload append(UploadSessions sessions, Hooks hooks) {
        return new ContinueUpload(sessions, (call, session) -> {
            Chunk.of(call.request()).append(call, session, "", hooks);
            return UploadAnswers.progress(202, call.repository(), session);
        });
    }

    /** Appends the body, which is empty as a rule, and makes all of it a blob: {@code PUT}. */
    public static ContinueUpload finish(UploadSessions sessions, Hooks hooks) {
        return new ContinueUpload(sessions, (call, session) -> {
            var digest = Digests.parse(call.query().first("digest").orElse(""));
            Chunk.of(call.request()).append(call, session, digest.toString(), hooks);
            commit(call, session, digest, hooks);
            return UploadAnswers.created(call.repository(), digest);
        });
    }

    /** Tells how much is here: {@code GET}. */
    public static ContinueUpload ask(UploadSessions sessions) {
        return new ContinueUpload(sessions, (call, session) -> UploadAnswers.progress(204, call
                .repository(), session));
    }

    /** Drops it: {@code DELETE}. */
    public static ContinueUpload cancel(UploadSessions sessions) {
        return new ContinueUpload(sessions, (_, session) -> {
            session.cancel();
            return HttpResponse.of(204);
        });
    }

    static void commit(Call call, UploadSession session, Digest digest, Hooks hooks) {
        Change change = new Change(Change.Operation.PUSH_BLOB, call.repository(), digest
                .toString(), session.offset(), Optional.empty(), call.actor());
        hooks.around(change, () -> {
            session.commit(digest, call.caller().name());
            return true;
        });
    }

    @Override
    public HttpResponse answer(Call call) throws IOException {
        try (UploadSession session = sessions.use(call.repository(), call.caller()
                .name(), call.argument())
                .orElseThrow(() -> Unknown.upload(call.repository()))) {
            try {
                return step.take(call, session);
            } catch (RefusedException e) {
                if (e.code() == ErrorCode.DENIED) { // it would never be taken: its bytes go at once
                    session.cancel();
                }
                throw e;
            } catch (StorageException e) {
                if (FullStorage.caused(e)) { // who sends it again begins anew, and needs the room
                    session.cancel();
                }
                throw e;
            }
        }
    }
}
