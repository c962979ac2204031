package dev.chandlery.oci.client;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.client.RegistryTraits.Power;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import java.util.Optional;

/**
 * Begins the push of one blob with as few requests as its registry allows.
 *
 * <ul>
 * <li>It is mounted from where it is said to be.
 * <li>Small ones that are most likely absent come with the POST that would open a session.
 * <li>Others are mounted from this very repository: the answer tells either that the blob is there, or
 * where to send it, and so stands for two requests.
 * <li>Large ones are asked for first. Workaround(ECR): it passes over mounts of what no manifest names yet,
 * and to send much in vain costs more than a question.
 * </ul>
 */
final class BlobOpening {
    /** Servers commonly read so much of a body that they do not want, and keep the connection. */
    static final long SMALL_BYTES = 256L << 10;

    private static final long LARGE_BYTES = 16L << 20;

    private final RegistryConnection connection;
    private final BlobEndpoint blobs;
    private final UploadEndpoint uploads;

    BlobOpening(RegistryConnection connection, BlobEndpoint blobs, UploadEndpoint uploads) {
        this.connection = connection;
        this.blobs = blobs;
        this.uploads = uploads;
    }

    /** @param content can be opened more than once where {@link #comesWithPost} */
    Opening open(Descriptor blob, Content content, PushHint hint) {
        if (hint.resend()) {
            return plain(blob);
        }
        return hint.mountFrom()
                .flatMap(from -> mount(blob, from))
                .or(() -> comesWithPost(blob, hint) ? post(blob, content) : Optional.empty())
                .or(() -> blob.size() < LARGE_BYTES ? uploads.ask(blob) : Optional.empty())
                .orElseGet(() -> reopen(blob));
    }

    /** Asks and opens by the two requests that all registries know. */
    Opening reopen(Descriptor blob) {
        return blobs.exists(blob) ? new Opening.There(Pushed.PRESENT) : plain(blob);
    }

    /** A session, whether the blob is there or not. */
    Opening plain(Descriptor blob) {
        return new Opening.Open(uploads.begin(blob));
    }

    /** Whether the bytes are tried with the first request. */
    boolean comesWithPost(Descriptor blob, PushHint hint) {
        long chunk = connection.options().chunkBytes();
        return hint.likelyAbsent() && blob.size() <= SMALL_BYTES && (chunk == 0 || chunk >= blob
                .size())
                && connection.traits().singlePost() != Power.NO;
    }

    private Optional<Opening> post(Descriptor blob, Content content) {
        if (content instanceof HeldContent held) {
            held.read();
        }
        return uploads.post(blob, content);
    }

    private Optional<Opening> mount(Descriptor blob, RepositoryName from) {
        Optional<Opening> opening = uploads.mountOrOpen(blob, from);
        if (blob.size() >= LARGE_BYTES && opening.isPresent()
                && opening.get() instanceof Opening.Open(UploadSession session)
                && blobs.exists(blob)) {
            session.cancel();
            return Optional.of(new Opening.There(Pushed.PRESENT));
        }
        return opening;
    }
}
