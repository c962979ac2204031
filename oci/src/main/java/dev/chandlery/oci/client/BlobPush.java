package dev.chandlery.oci.client;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.content.Content;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one blob: asks whether it is there, opens a session, sends the bytes, commits. A push that broke
 * begins again with the question, so a commit whose answer was lost is found; what failed is cancelled.
 *
 * <p>Bytes are hashed as they are read and the last ones are held back until all match, so content that
 * differs from its descriptor is never committed.
 */
final class BlobPush {
    private final RegistryConnection connection;
    private final BlobEndpoint blobs;
    private final UploadEndpoint uploads;

    BlobPush(RegistryConnection connection, BlobEndpoint blobs, UploadEndpoint uploads) {
        this.connection = connection;
        this.blobs = blobs;
        this.uploads = uploads;
    }

    void push(Descriptor blob, Content content) {
        int attempts = content.replayable() ? connection.options().attempts() : 1;
        @Nullable
        OciException failure = null;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            if (blobs.exists(blob)) {
                return;
            }
            Optional<OciException> broken = attempt(blob, content);
            if (broken.isEmpty()) {
                return;
            }
            failure = broken.get();
            if (attempt < attempts) {
                connection.transport().backOff("push blob " + blob.digest(), attempt);
            }
        }
        if (failure != null && !blobs.exists(blob)) {
            throw failure;
        }
    }

    /** Empty when done, the failure when another attempt may help. */
    private Optional<OciException> attempt(Descriptor blob, Content content) {
        UploadSession session = uploads.begin(blob);
        try {
            send(session, blob, content);
            return Optional.empty();
        } catch (OciException e) {
            session.cancel();
            if (isTransient(e)) {
                return Optional.of(e);
            }
            throw e;
        }
    }

    private void send(UploadSession session, Descriptor blob, Content content) {
        long chunk = connection.options().chunkBytes();
        if (chunk > 0 && chunk < blob.size()) {
            ChunkedUpload upload = new ChunkedUpload(session, blob, content,
                    Math.max(chunk, session.minimumChunk()), connection.options().attempts());
            upload.run();
        } else {
            session.finish(blob.digest(), VerifyingContent.of(blob, content), blob.size());
        }
    }

    private static boolean isTransient(OciException failure) {
        return switch (failure) {
            case TransferException transfer -> transfer.retryable();
            case ResponseException answer -> switch (answer.status()) {
                // 404 and 416: the session is gone or stands elsewhere than it should.
                case 404, 408, 416, 429, 500, 502, 503, 504 -> true;
                default -> false;
            };
            default -> false;
        };
    }
}
