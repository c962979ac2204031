package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StoredBlob;
import dev.chandlery.registry.metadata.MetadataStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Reads all that is stored and compares it with its digest, by whichever algorithm that is; a registry may
 * serve it meanwhile. Rotten bytes are moved aside where that is asked for: the content is absent then, so
 * that the next push of it brings it back.
 */
public final class Scrub {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int NAMED_HOLDERS = 5;
    /** What is committed while it runs is looked at too; clocks may differ a little. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final MetadataStore metadata;
    private final BlobStorage storage;
    private final Clock clock;

    public Scrub(MetadataStore metadata, BlobStorage storage, Clock clock) {
        this.metadata = metadata;
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * Reads everything once; blocking.
     *
     * @param quarantine whether rotten bytes are moved aside
     * @return what was read
     */
    public Tally run(boolean quarantine, Pace pace, CheckListener listener) {
        AtomicReference<Tally> read = new AtomicReference<>(Tally.NONE);
        storage.visitCommittedBefore(clock.instant().plus(AHEAD), digest -> {
            if (!listener.isStopped()) {
                storage.find(digest).ifPresent(blob -> {
                    read.updateAndGet(sum -> sum.plus(blob.size()));
                    check(digest, blob, pace, quarantine).ifPresent(listener::found);
                });
            }
        });
        return read.get();
    }

    private Optional<Finding> check(Digest digest, StoredBlob blob, Pace pace,
            boolean quarantine) {
        Instant begun = clock.instant();
        Optional<String> rot = rot(digest, blob, pace);
        if (rot.isEmpty() || storage.find(digest).isEmpty()) { // removed meanwhile
            return Optional.empty();
        }
        Optional<String> aside = quarantine ? moveAside(digest, begun) : Optional.empty();
        return Optional.of(new Finding(Finding.Kind.WRONG_DIGEST, null, digest.toString(), rot.get()
                + holders(digest) + aside.map(place -> "; moved to " + place
                        + ": push it again, or bring the bytes back from a backup").orElse(""),
                aside
                        .isPresent()
                                ? Finding.Outcome.QUARANTINED
                                : Finding.Outcome.FOUND));
    }

    /** What is wrong with the bytes; empty when nothing is. */
    private static Optional<String> rot(Digest digest, StoredBlob blob, Pace pace) {
        try {
            Digest actual = hash(digest, blob, pace);
            return actual.equals(digest)
                    ? Optional.empty()
                    : Optional.of("got " + actual + " of " + blob.size() + " bytes");
        } catch (IOException | StorageException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
    }

    private static Digest hash(Digest digest, StoredBlob blob, Pace pace) throws IOException {
        MessageDigest hash = digest.algorithm().newMessageDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Channels.newInputStream(blob.open(0))) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
                pace.moved(n);
            }
        }
        return Digest.of(digest.algorithm(), hash);
    }

    /** Nobody records the content meanwhile; what was pushed again since it was read stays. */
    private Optional<String> moveAside(Digest digest, Instant read) {
        AtomicReference<Optional<String>> aside = new AtomicReference<>(Optional.empty());
        metadata.upkeep().locked(digest, () -> aside.set(storage.quarantine(digest, read)));
        return aside.get();
    }

    private String holders(Digest digest) {
        List<RepositoryName> holders = metadata.upkeep().checks().holders(digest, NAMED_HOLDERS);
        return holders.isEmpty()
                ? ""
                : "; of " + holders.stream()
                        .map(RepositoryName::value)
                        .collect(Collectors.joining(
                                ", ")) + (holders.size() < NAMED_HOLDERS
                                        ? ""
                                        : " and maybe others");
    }
}
