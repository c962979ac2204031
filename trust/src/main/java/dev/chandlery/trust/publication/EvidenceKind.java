package dev.chandlery.trust.publication;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.trust.sign.BundleSigner;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is attached to an artifact, in the order it is attached in. */
public enum EvidenceKind {
    /** The asset as upstream offered it, with its checksum and signature files. */
    UPSTREAM("application/vnd.chandlery.upstream.v1", ""),
    /** What is inside, as CycloneDX. */
    SBOM("application/vnd.cyclonedx+json", ""),
    /** What it was made of and why that was believed: an in-toto statement. */
    PROVENANCE("application/vnd.in-toto+json", ""),
    /** The same statement, signed. */
    SIGNED_PROVENANCE(BundleSigner.MEDIA_TYPE, Publication.PREDICATE),
    /** A signature of the manifest. */
    SIGNATURE(BundleSigner.MEDIA_TYPE, BundleSigner.SIGNATURE_PREDICATE);

    /** Annotation of a bundle's manifest: which predicate its statement has. */
    public static final String PREDICATE_TYPE = "dev.sigstore.bundle.predicateType";
    /** Annotation of a bundle's manifest: what the bundle holds. */
    public static final String BUNDLE_CONTENT = "dev.sigstore.bundle.content";
    /** Annotation of a bundle's manifest: the key that signed, as SHA-256 of its SubjectPublicKeyInfo. */
    public static final String SIGNED_BY = "dev.chandlery.signature.key";

    /** Annotation of an SBOM's manifest: who wrote it, if not the publisher. */
    public static final String SBOM_BY = "dev.chandlery.sbom.by";
    /** Value of {@link #SBOM_BY} for upstream's own, which is attached as it came. */
    public static final String BY_UPSTREAM = "upstream";

    private final String artifactType;
    private final String predicate;

    EvidenceKind(String artifactType, String predicate) {
        this.artifactType = artifactType;
        this.predicate = predicate;
    }

    public MediaType artifactType() {
        return new MediaType(artifactType);
    }

    /** Predicate type of the statement in a bundle; empty for what is no bundle. */
    public String predicate() {
        return predicate;
    }

    /** Whether it is signed by the publisher's key. */
    public boolean isSigned() {
        return !predicate.isEmpty();
    }

    /** What the descriptor of a referrer says it is; empty for what others attached or wrote. */
    public static Optional<EvidenceKind> of(Descriptor referrer) {
        if (referrer.annotations().containsKey(SBOM_BY)) {
            return Optional.empty();
        }
        return Arrays.stream(values())
                .filter(kind -> kind.artifactType().equals(referrer.artifactType()))
                .filter(kind -> kind.predicate.equals(referrer.annotations()
                        .getOrDefault(
                                PREDICATE_TYPE, "")))
                .findFirst();
    }

    /** Such as {@code signed provenance}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
