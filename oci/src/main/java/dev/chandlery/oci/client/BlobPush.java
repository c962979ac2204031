package dev.chandlery.oci.client;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one blob. A push that broke begins again with the question whether the blob is there, so a commit
 * whose answer was lost is found; what failed is cancelled. Bodies that the registry finds too large are
 * sent in chunks then, and chunks that it does not take are sent in one.
 *
 * <p>Bytes are hashed as they are read and the last ones are held back until all match, so content that
 * differs from its descriptor is never committed.
 */
final class BlobPush {
    private final RegistryConnection connection;
    private final BlobEndpoint blobs;
    private final BlobOpening opening;

    BlobPush(RegistryConnection connection, BlobEndpoint blobs, UploadEndpoint uploads) {
        this.connection = connection;
        this.blobs = blobs;
        this.opening = new BlobOpening(connection, blobs, uploads);
    }

    Pushed push(Descriptor blob, Content content, PushHint hint) {
        Content whole = opening.comesWithPost(blob, hint)
                ? new HeldContent(blob, content)
                : content;
        int attempts = whole.replayable() ? connection.options().attempts() : 1;
        @Nullable
        OciException failure = null;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            Opening opened = attempt == 1
                    ? opening.open(blob, whole, hint)
                    : again(blob, hint);
            switch (opened) {
                case Opening.There(Pushed how) -> {
                    return attempt == 1 ? how : Pushed.SENT;
                }
                case Opening.Open(UploadSession session) -> {
                    Optional<OciException> broken = attempt(session, blob, whole);
                    if (broken.isEmpty()) {
                        return Pushed.SENT;
                    }
                    failure = broken.get();
                }
            }
            if (attempt < attempts) {
                connection.transport().backOff("push blob " + blob.digest(), attempt);
            }
        }
        if (failure != null && (hint.resend() || !blobs.exists(blob))) {
            throw failure;
        }
        return Pushed.SENT;
    }

    private Opening again(Descriptor blob, PushHint hint) {
        return hint.resend() ? opening.plain(blob) : opening.reopen(blob);
    }

    /** Empty when done, the failure when another attempt may help. */
    private Optional<OciException> attempt(UploadSession session, Descriptor blob,
            Content content) {
        long chunk = connection.traits()
                .chunkBytes(blob.size(), connection.options().chunkBytes());
        try {
            send(session, blob, content, chunk);
            return Optional.empty();
        } catch (OciException e) {
            session.cancel();
            if (hasOtherWay(e, chunk, blob) || isTransient(e)) {
                return Optional.of(e);
            }
            throw e;
        }
    }

    private void send(UploadSession session, Descriptor blob, Content content, long chunkBytes) {
        if (chunkBytes > 0) {
            ChunkedUpload upload = new ChunkedUpload(session, blob, content,
                    Math.max(chunkBytes, session.minimumChunk()), connection.options().attempts());
            upload.run();
        } else {
            session.finish(blob.digest(), VerifyingContent.of(blob, content), blob.size());
        }
    }

    /** Whether the registry may take it in other pieces; from now on those are used. */
    private boolean hasOtherWay(OciException failure, long chunkBytes, Descriptor blob) {
        RegistryTraits traits = connection.traits();
        boolean chunked = chunkBytes > 0;
        boolean tooLarge = failure instanceof ResponseException answer && (answer.status() == 413
                || (answer.status() == 416 && chunked));
        if (tooLarge) {
            return traits.refusesBody(chunked ? chunkBytes : blob.size());
        }
        if (chunked && isRefusalOfChunks(failure)) {
            traits.refusesChunks();
            return true;
        }
        return false;
    }

    private static boolean isRefusalOfChunks(OciException failure) {
        return switch (failure) {
            case UnsupportedFeatureException _ -> true;
            case ResponseException answer -> switch (answer.status()) {
                case 400, 405, 411, 415, 501 -> true;
                default -> false;
            };
            default -> false;
        };
    }

    private static boolean isTransient(OciException failure) {
        return switch (failure) {
            case TransferException transfer -> transfer.retryable();
            case ResponseException answer -> switch (answer.status()) {
                // 404 and 416: the session is gone or stands elsewhere than it should.
                // 403: a limit on rates; missing rights are another exception.
                case 403, 404, 408, 416, 429, 500, 502, 503, 504 -> true;
                default -> false;
            };
            default -> false;
        };
    }
}
