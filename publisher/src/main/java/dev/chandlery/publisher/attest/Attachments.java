package dev.chandlery.publisher.attest;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.publisher.pack.PackedArtifact;
import dev.chandlery.publisher.push.ArtifactPush;
import dev.chandlery.trust.publication.EvidenceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Attaches evidence to manifests that are there, once: what is attached already is not attached again.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class Attachments {
    private final ArtifactPush push;
    private final Signing signing;

    public Attachments(ArtifactPush push, Signing signing) {
        this.push = push;
        this.signing = signing;
    }

    /**
     * Attaches what the manifest lacks. Evidence that names the same facts is the same to the
     * byte; of provenance, which also names the program that wrote it, the one that is there stays, unless the
     * facts changed.
     *
     * @param evidence all of the same subject
     * @param progress takes the number of bytes of each blob that is there, by any thread
     */
    public void attach(RemoteRepository repository, Descriptor subject, List<Evidence> evidence,
            LongConsumer progress) {
        List<Descriptor> there = referrers(repository, subject.digest());
        List<PackedArtifact> lacking = new ArrayList<>();
        boolean fresh = false;
        for (Evidence each : evidence) {
            Digest digest = each.artifact().manifest().descriptor().digest();
            boolean same = there.stream().anyMatch(d -> d.digest().equals(digest));
            boolean keeps = !fresh && isOfTheRun(each.kind()) && there.stream()
                    .anyMatch(d -> isLike(each, d));
            if (!keeps) {
                lacking.add(each.artifact());
            }
            fresh |= !same && !keeps && !isOfTheRun(each.kind());
        }
        push.attach(repository, subject, lacking, progress);
    }

    private static boolean isOfTheRun(EvidenceKind kind) {
        return switch (kind) {
            case PROVENANCE, SIGNED_PROVENANCE -> true;
            case UPSTREAM, SBOM, SIGNATURE -> false;
        };
    }

    private boolean isLike(Evidence evidence, Descriptor there) {
        return EvidenceKind.of(there).equals(Optional.of(evidence.kind()))
                && (!evidence.kind().isSigned() || signing.publicKey()
                        .equals(there.annotations()
                                .get(EvidenceKind.SIGNED_BY)));
    }

    static List<Descriptor> referrers(RemoteRepository repository, Digest subject) {
        return repository.referrerLister().map(lister -> {
            try (Stream<Descriptor> all = lister.referrers(subject)) {
                return all.limit(EvidenceCheck.MOST_REFERRERS).toList();
            }
        }).orElse(List.of());
    }
}
