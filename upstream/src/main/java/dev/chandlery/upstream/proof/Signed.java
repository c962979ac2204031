package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.ProofSpec;
import dev.chandlery.config.proof.SignedFileSpec;
import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.trust.sigstore.TimeEvidence;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * An asset, the checksum file that names it, and how to come by signatures of both.
 *
 * @param candidate the asset
 * @param values of templates
 * @param checksums file that was compared with the asset; empty when there is none
 * @param findings take what is found
 */
record Signed(Candidate candidate, TemplateValues values, Optional<Published> checksums,
        Findings findings) {

    /**
     * A file of upstream.
     *
     * @param name of it
     * @param content all of it
     * @param beside whether it is beside the asset, and not somewhere else
     */
    record Published(String name, Bytes content, boolean beside) {}

    /**
     * What a signature is over.
     *
     * @param name of the file
     * @param content of it
     * @param digest SHA-256 of it
     */
    record Subject(String name, Content content, Digest digest) {}

    Subject subject(ProofSpec proof, SignedFileSpec signed) {
        return switch (signed.over()) {
            case ASSET -> new Subject(candidate.name(), candidate.content(), candidate.hashes()
                    .sha256());
            case CHECKSUMS -> checksums.map(file -> new Subject(file.name(), Content.of(file
                    .content()), file.content().digest()))
                    .orElseThrow(() -> untrusted(proof,
                            "there is no checksum file that names it"));
        };
    }

    /** A file that must be there, such as the signature of a subject. */
    Published require(ProofSpec proof, AssetTemplate template, String subject) {
        String name = template.expand(values.withAsset(subject));
        ProofRequest.Published request = new ProofRequest.Published(name);
        Bytes content = findings.find(request)
                .orElseThrow(() -> untrusted(proof, "expected "
                        + name + ", which upstream does not have"));
        return new Published(request.evidenceName(), content, !request.isAddress());
    }

    /**
     * What tells when a file was signed that does not say so itself: its host, of when it was put there. Signing
     * comes just before that, while the asset may have been there for long.
     */
    TimeEvidence time(Published file) {
        return !file.beside()
                ? new TimeEvidence.None()
                : findings.find(new ProofRequest.Uploaded(file.name()))
                        .<TimeEvidence>map(text -> new TimeEvidence.Stated(instant(text),
                                "the release host"))
                        .orElseGet(TimeEvidence.None::new);
    }

    private static Instant instant(Bytes text) {
        try {
            return Instant.parse(text.utf8().strip());
        } catch (DateTimeParseException e) {
            throw new MalformedContentException("cannot read when a file was uploaded", e);
        }
    }

    /** The failure of a proof that does not hold. */
    UntrustedContentException untrusted(ProofSpec proof, String cause) {
        return new UntrustedContentException("cannot verify " + candidate.name() + " by " + proof
                .word() + ": " + cause);
    }
}
