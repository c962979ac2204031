package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.AttestationSpec;
import dev.chandlery.config.proof.MinisignSpec;
import dev.chandlery.config.proof.NpmProofSpec;
import dev.chandlery.config.proof.OpenPgpSpec;
import dev.chandlery.config.proof.ProofRule;
import dev.chandlery.config.proof.ProofSpec;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.proof.SecondSourceSpec;
import dev.chandlery.config.proof.SigstoreSpec;
import dev.chandlery.config.proof.SlsaSpec;
import dev.chandlery.config.security.SecuritySpec;
import dev.chandlery.config.source.NpmSourceSpec;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.upstream.Verification;
import dev.chandlery.upstream.Version;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves a tool's downloads as registry.yaml asks for: first what upstream states of their digests, then all
 * of the tool's {@code verify}. The highest rung that was reached is what the asset stands on; a proof that
 * does not hold, or whose files are missing, ends the whole with a failure.
 *
 * <p>Stateless and thread-safe; reads key files each time.
 */
public final class AssetVerifier {
    private final ToolSpec tool;
    private final SecuritySpec security;
    private final Checksums checksums;
    private final Signatures signatures;
    private final SigstoreSignatures sigstore;
    private final Builds builds;

    /** @param clock tells signatures from the future */
    public AssetVerifier(ToolSpec tool, SecuritySpec security, InstantSource clock) {
        this.tool = tool;
        this.security = security;
        this.checksums = new Checksums(tool, security);
        this.signatures = new Signatures(clock);
        this.sigstore = new SigstoreSignatures(security);
        this.builds = new Builds(sigstore, tool.source() instanceof NpmSourceSpec
                ? Algorithm.SHA512
                : Algorithm.SHA256);
    }

    /**
     * Proves an asset.
     *
     * @param source of checksum files, signatures and all else that proves
     * @throws dev.chandlery.oci.ContentMismatchException when a digest is another one
     * @throws dev.chandlery.oci.UntrustedContentException when a proof does not hold, or is missing
     */
    public Verification verify(Candidate candidate, ProofSource source) {
        Findings findings = new Findings(source);
        candidate.asset().apiDigest().ifPresent(stated -> {
            Checksums.require(candidate.name(), stated, candidate.hashes());
            findings.reach(stated(stated));
        });
        TemplateValues values = values(candidate);
        Signed signed = new Signed(candidate, values, checksums.compare(candidate, values,
                findings), findings);
        for (ProofSpec proof : proofs(candidate.asset().release().version(), findings)) {
            prove(proof, signed);
            findings.reach(proof.rung());
        }
        return findings.verification();
    }

    /** An npm registry's integrity is what its own client checks; elsewhere it is only the API's word. */
    private Rung stated(Digest digest) {
        if (!(tool.source() instanceof NpmSourceSpec)) {
            return Rung.API_DIGEST;
        }
        return security.checksumAlgorithms().contains(digest.algorithm())
                ? Rung.CHECKSUM_FILE
                : Rung.FIRST_USE;
    }

    private List<ProofSpec> proofs(Version version, Findings findings) {
        List<ProofSpec> all = asked(version, findings);
        if (security.checks().verifySignatures()) {
            return all;
        }
        List<ProofSpec> kept = all.stream().filter(SecondSourceSpec.class::isInstance).toList();
        if (kept.size() < all.size()) {
            findings.note("signatures were not looked at: security.verify_signatures is false");
        }
        return kept;
    }

    private List<ProofSpec> asked(Version version, Findings findings) {
        List<ProofSpec> asked = new ArrayList<>();
        for (ProofRule rule : tool.trust().rules()) {
            if (ProofVersions.asks(rule, version)) {
                asked.add(rule.proof());
            } else {
                findings.note(ProofVersions.reason(rule, version));
            }
        }
        return asked;
    }

    private void prove(ProofSpec proof, Signed signed) {
        switch (proof) {
            case OpenPgpSpec spec -> signatures.openPgp(spec, signed);
            case MinisignSpec spec -> signatures.minisign(spec, signed);
            case SigstoreSpec spec -> sigstore.verify(spec, signed);
            case SlsaSpec spec -> builds.slsa(spec, signed);
            case AttestationSpec spec -> builds.attestation(spec, signed);
            case NpmProofSpec spec -> signatures.npm(spec, signed, packageVersion(signed
                    .candidate()));
            case SecondSourceSpec spec -> Channels.compare(spec, tool, signed);
        }
    }

    /** What an npm registry must have signed, by registry.yaml and not by what the registry or the evidence says. */
    private String packageVersion(Candidate candidate) {
        return tool.source() instanceof NpmSourceSpec npm
                ? npm.packageName().expand(TemplateValues.of("", "", platform(candidate))) + "@"
                        + candidate.asset().release().name()
                : "a package of npm";
    }

    private ToolPlatform platform(Candidate candidate) {
        return tool.findPlatform(candidate.asset().platform())
                .orElseThrow(() -> new IllegalArgumentException("a platform of another tool: "
                        + candidate.asset().platform()));
    }

    private TemplateValues values(Candidate candidate) {
        var release = candidate.asset().release();
        var platform = platform(candidate);
        return TemplateValues.of(release.version().toString(), release.name(), platform)
                .withAsset(
                        candidate.name());
    }
}
