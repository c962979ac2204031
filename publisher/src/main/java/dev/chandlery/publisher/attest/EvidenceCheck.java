package dev.chandlery.publisher.attest;

import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.trust.publication.EvidenceKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Tells which evidence a published manifest lacks, by one request: what is attached is counted, not checked.
 *
 * @param signed whether this configuration signs
 */
public record EvidenceCheck(boolean signed) {
    /** Of one manifest; more are not looked at. */
    static final int MOST_REFERRERS = 1000;

    /** What registry.yaml asks for. */
    public static EvidenceCheck of(ConfigSpec config) {
        return new EvidenceCheck(config.signing().key().isPresent());
    }

    /** Kinds that a platform's manifest lacks. */
    public SortedSet<EvidenceKind> ofPlatform(RemoteRepository repository, Digest manifest) {
        return lacking(repository, manifest, EnumSet.allOf(EvidenceKind.class));
    }

    /** Kinds that a bundle's image lacks. */
    public SortedSet<EvidenceKind> ofBundle(RemoteRepository repository, Digest image) {
        return lacking(repository, image, EnumSet.complementOf(EnumSet.of(EvidenceKind.UPSTREAM)));
    }

    /** Kinds that an index lacks; nothing is asked where nothing is signed. */
    public SortedSet<EvidenceKind> ofIndex(RemoteRepository repository, Digest index) {
        return lacking(repository, index, EnumSet.of(EvidenceKind.SIGNATURE));
    }

    private SortedSet<EvidenceKind> lacking(RemoteRepository repository, Digest subject,
            EnumSet<EvidenceKind> wanted) {
        SortedSet<EvidenceKind> lacking = new TreeSet<>(wanted);
        lacking.removeIf(kind -> kind.isSigned() && !signed);
        if (!lacking.isEmpty()) {
            for (Descriptor referrer : Attachments.referrers(repository, subject)) {
                EvidenceKind.of(referrer)
                        .filter(kind -> !kind.isSigned() || referrer.annotations()
                                .containsKey(
                                        EvidenceKind.SIGNED_BY))
                        .ifPresent(kind -> lacking.remove(kind));
            }
        }
        return Collections.unmodifiableSortedSet(lacking);
    }
}
