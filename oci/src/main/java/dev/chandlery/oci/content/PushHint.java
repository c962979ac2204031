package dev.chandlery.oci.content;

import dev.chandlery.oci.RepositoryName;
import java.util.Optional;

/**
 * What the one who pushes a blob knows beforehand, so that a store asks nothing that is known.
 *
 * @param mountFrom repository of the same registry that has the blob, as far as is known; it need not be
 *        true, and a store that cannot mount passes over it
 * @param resend whether the bytes are to be sent even where the store says that it has them: for stores
 *        that were found to be wrong about it
 * @param likelyAbsent whether the store most likely lacks the blob, as it lacked all that was asked for so
 *        far: then to send a small one outright is cheaper than to ask
 */
public record PushHint(Optional<RepositoryName> mountFrom, boolean resend, boolean likelyAbsent) {
    public static final PushHint NONE = new PushHint(Optional.empty(), false, false);
    public static final PushHint RESEND = new PushHint(Optional.empty(), true, false);
    public static final PushHint LIKELY_ABSENT = new PushHint(Optional.empty(), false, true);

    /** That repository has it. */
    public static PushHint mountFrom(RepositoryName repository) {
        return new PushHint(Optional.of(repository), false, false);
    }
}
