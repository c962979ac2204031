package dev.chandlery.manager.verify;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.trust.publication.EvidenceKind;
import dev.chandlery.trust.publication.Material;
import dev.chandlery.trust.publication.Publication;
import dev.chandlery.trust.statement.Statement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which of the evidence that is attached belongs together. A version that was published again on a higher rung
 * has its older evidence still, and lists of referrers have no order: provenance names the proofs and the SBOM
 * that it was written with. What is signed goes first, then the highest rung. Anybody may attach more; that
 * neither helps nor harms.
 */
final class ChosenEvidence {
    private final List<Attached> attached;
    private final Digest subject;
    private final List<Statement> signed;
    private final Optional<Chain> best;

    /** Provenance, and what it names. */
    private record Chain(Attached provenance, Statement statement, Publication stated,
            Attached upstream) {}

    /** @param signed statements of provenance by keys that are believed */
    ChosenEvidence(List<Attached> attached, Digest subject, List<Statement> signed) {
        this.attached = attached;
        this.subject = subject;
        this.signed = signed;
        this.best = chains().stream()
                .max(Comparator.comparing((Chain chain) -> isSigned(chain.statement()))
                        .thenComparing(chain -> chain.stated().trust().reached()));
    }

    /** Of several that do not belong together the last one, so that it can be told what is wrong. */
    Optional<Attached> find(EvidenceKind kind) {
        return switch (kind) {
            case UPSTREAM -> best.map(Chain::upstream).or(() -> last(kind));
            case PROVENANCE -> best.map(Chain::provenance).or(() -> last(kind));
            case SBOM -> best.flatMap(chain -> sbom(chain.stated())).or(() -> last(kind));
            case SIGNED_PROVENANCE, SIGNATURE -> last(kind);
        };
    }

    /** Whether a key that is believed signed that very provenance. */
    boolean isSigned(Statement provenance) {
        return signed.stream().anyMatch(each -> each.toJson().equals(provenance.toJson()));
    }

    /** Digests of the files that proved the asset. */
    static Set<Digest> proofs(Attached upstream, Digest asset) {
        Set<Digest> digests = new TreeSet<>(Comparator.comparing(Digest::toString));
        upstream.files().stream().map(Descriptor::digest).forEach(digests::add);
        digests.remove(asset);
        return digests;
    }

    private Optional<Attached> last(EvidenceKind kind) {
        return all(kind).reduce((_, later) -> later);
    }

    private Stream<Attached> all(EvidenceKind kind) {
        return attached.stream().filter(each -> each.is(kind));
    }

    private Optional<Attached> sbom(Publication stated) {
        List<Digest> named = stated.products().stream().map(Material::digest).toList();
        return all(EvidenceKind.SBOM).filter(each -> each.document()
                .manifest()
                .successors()
                .stream()
                .anyMatch(blob -> named.contains(blob.digest()))).findFirst();
    }

    private List<Chain> chains() {
        List<Chain> chains = new ArrayList<>();
        for (Attached provenance : all(EvidenceKind.PROVENANCE).toList()) {
            try {
                Statement statement = Statement.parse(provenance.content(), "provenance");
                statement.requireSubject(subject, "provenance");
                Publication stated = Publication.of(statement, "provenance");
                all(EvidenceKind.UPSTREAM).filter(each -> isNamed(stated, each))
                        .findFirst()
                        .ifPresent(upstream -> chains.add(new Chain(provenance, statement, stated,
                                upstream)));
            } catch (OperationCancelledException e) {
                throw e;
            } catch (OciException | IOException _) {
                // What cannot be read belongs to nothing; it is told where nothing else is there.
            }
        }
        return chains;
    }

    private static boolean isNamed(Publication stated, Attached upstream) {
        Set<Digest> named = new TreeSet<>(Comparator.comparing(Digest::toString));
        stated.proofs().stream().map(Material::digest).forEach(named::add);
        return proofs(upstream, stated.asset().digest()).equals(named) && Rung.find(upstream
                .annotation(Annotations.TRUST_RUNG))
                .equals(Optional.of(stated.trust()
                        .reached()));
    }
}
