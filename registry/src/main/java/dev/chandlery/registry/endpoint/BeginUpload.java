package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.hook.Hooks;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.route.Endpoint;
import dev.chandlery.registry.upload.UploadSession;
import dev.chandlery.registry.upload.UploadSessions;
import java.io.IOException;
import java.util.Optional;

/**
 * Begins an upload; mounts a blob of another repository instead, or takes the whole blob at once, when
 * asked to. A mount that cannot be is answered as if it had not been asked for, whatever the reason.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pushing blobs, end-4a and end-4b; Mounting a blob from
 * another repository, end-11.
 */
public record BeginUpload(UploadSessions sessions, Mounts mounts, Hooks hooks) implements Endpoint {
    /** Of a body that should be empty. */
    private static final int MAX_UNWANTED_BYTES = 64 * 1024;

    @Override
    public HttpResponse answer(Call call) throws IOException {
        Optional<String> mount = call.query().first("mount");
        if (mount.isPresent()) {
            Digest digest = Digests.parse(mount.get());
            return mounts.mount(call, digest)
                    ? UploadAnswers.created(call.repository(), digest)
                    : begin(call, digest.algorithm());
        }
        Optional<String> whole = call.query().first("digest");
        return whole.isPresent()
                ? whole(call, Digests.parse(whole.get()))
                : begin(call, algorithm(call));
    }

    private HttpResponse begin(Call call, Algorithm algorithm) throws IOException {
        call.request().body().readNBytes(MAX_UNWANTED_BYTES); // a malformed one begins nothing
        try (UploadSession session = sessions.begin(call.repository(), call.caller()
                .name(), algorithm)) {
            return UploadAnswers.progress(202, call.repository(), session);
        }
    }

    private HttpResponse whole(Call call, Digest digest) throws IOException {
        Chunk chunk = Chunk.of(call.request());
        try (UploadSession session = sessions.beginWithinRequest(call.repository(), call.caller()
                .name(), digest.algorithm())) {
            boolean done = false;
            try {
                chunk.append(call, session, digest.toString(), hooks);
                ContinueUpload.commit(call, session, digest, hooks);
                done = true;
            } finally {
                if (!done) { // the client never learns of this session
                    session.cancel();
                }
            }
        }
        return UploadAnswers.created(call.repository(), digest);
    }

    private static Algorithm algorithm(Call call) {
        String label = call.query().first("digest-algorithm").orElse(Algorithm.SHA256.label());
        return Algorithm.find(label)
                .orElseThrow(() -> new RefusedException(ErrorCode.DIGEST_INVALID,
                        "cannot begin upload: expected digest-algorithm sha256 or sha512"));
    }
}
