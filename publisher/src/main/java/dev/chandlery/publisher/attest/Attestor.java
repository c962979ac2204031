package dev.chandlery.publisher.attest;

import dev.chandlery.cli.ProgramVersion;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.trust.publication.EvidenceKind;
import dev.chandlery.trust.publication.Material;
import dev.chandlery.trust.publication.Publication;
import dev.chandlery.trust.sign.BundleSigner;
import dev.chandlery.trust.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the evidence of what was packed. Writes nowhere. Immutable, thread-safe. */
public final class Attestor {
    /** Name of the file of an SBOM. */
    public static final String SBOM_NAME = "sbom.cdx.json";
    private static final String PROVENANCE_NAME = "provenance.intoto.json";
    private static final String SIGNATURE_NAME = "signature.sigstore.json";
    private static final String SIGNED_PROVENANCE_NAME = "provenance.sigstore.json";

    private final Signing signing;
    private final String version;

    public Attestor(Signing signing) {
        this.signing = signing;
        this.version = ProgramVersion.current();
    }

    /** All that is attached to a platform's manifest, in the order it is to be attached in. */
    public List<Evidence> of(Attested attested) {
        Bytes sbom = ToolSbom.write(attested);
        Statement provenance = provenance(attested, sbom);
        List<Evidence> all = new ArrayList<>();
        all.add(new Evidence(EvidenceKind.UPSTREAM, attested.packed().evidence()));
        attested.packed()
                .sboms()
                .forEach(own -> all.add(Evidence.ofUpstream(attested.subject(), own, annotations(
                        attested))));
        all.addAll(of(attested.subject(), sbom, provenance, annotations(attested)));
        return all;
    }

    /**
     * What is attached to any image, in the order it is to be attached in.
     *
     * @param sbom of the image, CycloneDX
     * @param annotations of the SBOM's and provenance's manifests
     */
    public List<Evidence> of(Descriptor image, Bytes sbom, Statement provenance,
            SortedMap<String, String> annotations) {
        List<Evidence> all = new ArrayList<>();
        all.add(Evidence.of(EvidenceKind.SBOM, image, new Evidence.File(SBOM_NAME, sbom),
                annotations));
        all.add(Evidence.of(EvidenceKind.PROVENANCE, image, new Evidence.File(PROVENANCE_NAME,
                provenance.toJson()), annotations));
        signing.signer()
                .ifPresent(signer -> all.add(bundle(EvidenceKind.SIGNED_PROVENANCE, image,
                        new Evidence.File(SIGNED_PROVENANCE_NAME, signer.sign(provenance)))));
        all.addAll(signature(image));
        return all;
    }

    /** The program that makes evidence. */
    public Publication.Program program() {
        return new Publication.Program("chandlery", version);
    }

    /** A signature of any manifest; none without a key. */
    public List<Evidence> signature(Descriptor manifest) {
        return signing.signer()
                .map(signer -> List.of(bundle(EvidenceKind.SIGNATURE, manifest, new Evidence.File(
                        SIGNATURE_NAME, signer.sign(BundleSigner.signatureOf(manifest
                                .digest()))))))
                .orElse(List.of());
    }

    private Evidence bundle(EvidenceKind kind, Descriptor subject, Evidence.File file) {
        return Evidence.of(kind, subject, file, Annotations.sorted(Map.of(
                EvidenceKind.BUNDLE_CONTENT, "dsse-envelope", EvidenceKind.PREDICATE_TYPE, kind
                        .predicate(), EvidenceKind.SIGNED_BY, signing.publicKey())));
    }

    private Statement provenance(Attested attested, Bytes sbom) {
        Publication.What what = new Publication.What(attested.tool().name(), attested.annotation(
                Annotations.VERSION), attested.annotation(Annotations.UPSTREAM_RELEASE), attested
                        .platform());
        Rung reached = Rung.find(attested.annotation(Annotations.TRUST_RUNG)).orElseThrow();
        String notes = attested.annotation(Annotations.TRUST_NOTES);
        return new Publication(what, attested.tool().content(), new Publication.Trust(reached,
                attested.minimum(), notes.isEmpty() ? List.of() : notes.lines().toList()), attested
                        .materials(), List.of(new Material(SBOM_NAME, "", sbom.digest())),
                program()).statement(attested.subject()
                        .digest());
    }

    /** What the tool is, without what is said of its asset. */
    private static SortedMap<String, String> annotations(Attested attested) {
        SortedMap<String, String> map = new TreeMap<>();
        for (String key : List.of(Annotations.VERSION, Annotations.CREATED)) {
            if (!attested.annotation(key).isEmpty()) {
                map.put(key, attested.annotation(key));
            }
        }
        return map;
    }
}
