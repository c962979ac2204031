package dev.chandlery.manager.verify;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.Packaging;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.trust.publication.EvidenceKind;
import dev.chandlery.trust.publication.Material;
import dev.chandlery.trust.publication.Publication;
import dev.chandlery.trust.sign.SignedStatement;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Version;
import dev.chandlery.upstream.proof.Candidate;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what the publisher attaches to a platform's manifest. Used once. */
final class EvidenceCheck {
    private static final String REPUBLISH =
            "run publisher --force for this version: it verifies upstream's file and attaches anew";
    private static final String FORGED =
            "do not use it: find out who made it; publish with --force to replace it";

    private final Verifying how;
    private final ManifestDocument document;
    private final Optional<ToolSpec> tool;
    private final List<Attached> attached;
    private final Optional<LayerFiles> layer;
    private final Optional<PlatformName> platform;
    private @Nullable ChosenEvidence chosen;
    private @Nullable Attached upstream;
    private @Nullable Path asset;
    private @Nullable Publication publication;
    private boolean vouched;
    private boolean notKept;

    EvidenceCheck(Verifying how, ManifestDocument document, Optional<ToolSpec> tool,
            List<Attached> attached, Optional<LayerFiles> layer, Optional<PlatformName> platform) {
        this.how = how;
        this.document = document;
        this.tool = tool;
        this.attached = attached;
        this.layer = layer;
        this.platform = platform;
    }

    void run(Checks checks, Signatures signatures, Path folder) {
        chosen = new ChosenEvidence(attached, document.descriptor().digest(), signatures.all(
                EvidenceKind.SIGNED_PROVENANCE));
        checks.run("upstream", REPUBLISH, () -> upstream(folder));
        checks.run("sbom", REPUBLISH, this::sbom);
        checks.run("provenance", FORGED, () -> provenance(signatures));
        checks.run("packing", FORGED, () -> packing(folder));
        checks.run("policy",
                "publish it again with better proofs, or set minimum_trust to accept less",
                this::policy);
        how.upstreams()
                .ifPresent(upstreams -> checks.run("drift",
                        "an asset that changed was tampered with or released anew: ask its makers",
                        () -> new Drift(upstreams, tool, platform, document).compare(folder)));
    }

    private Attached only(EvidenceKind kind) {
        return Objects.requireNonNull(chosen)
                .find(kind)
                .orElseThrow(() -> new ContentNotFoundException("cannot find the " + kind.label()
                        + " of " + document.descriptor().digest() + ": expected a referrer of type "
                        + kind.artifactType() + ", got none"));
    }

    /** The asset has the digest that the manifest names, and no proof speaks against it. */
    private Object upstream(Path folder) throws IOException {
        Attached found = only(EvidenceKind.UPSTREAM);
        upstream = found;
        Digest expected = requireDigest();
        for (String key : List.of(Annotations.UPSTREAM_DIGEST, Annotations.UPSTREAM_URL)) {
            if (!found.annotation(key).equals(annotation(key))) {
                throw Problem.differs(key + " of the evidence", annotation(key), found.annotation(
                        key));
            }
        }
        Optional<Descriptor> file = asset(found, expected);
        notKept = file.isEmpty();
        if (file.isEmpty()) {
            return new Checks.Nothing("the asset itself is not kept; its digest was " + expected);
        }
        Path copy = folder.resolve("asset-" + expected.encoded());
        try (InputStream in = found.repository().fetch(file.get())) {
            Files.copy(in, copy);
        }
        asset = copy;
        FileHashes.Result hashes = ProofCheck.hashes(copy);
        String proofs = ProofCheck.requireChecksums(found, Attached.title(file.get()), hashes,
                rung());
        ProofCheck.require(found, tool, how, new Candidate(offered(Attached.title(file.get()),
                expected
                        .toString()), copy, hashes), rung());
        return Attached.title(file.get()) + (proofs.isEmpty()
                ? ", trusted by " + rung().label()
                : ", " + proofs);
    }

    /** As upstream offered it then, as far as the annotations tell. */
    private Asset offered(String name, String what) {
        try {
            Release release = new Release(annotation(Annotations.UPSTREAM_RELEASE), new Version(
                    annotation(Annotations.VERSION)), Optional.empty(), false, Optional.empty());
            return new Asset(platform.or(() -> Optional.ofNullable(publication)
                    .map(p -> p.what()
                            .platform()))
                    .orElseGet(PlatformName::host), name, URI.create(annotation(
                            Annotations.UPSTREAM_URL)), OptionalLong.empty(), Optional.empty(),
                    Optional.empty(), release);
        } catch (IllegalArgumentException e) {
            throw new UntrustedContentException("cannot tell what " + what + " was: expected its"
                    + " name and address in annotations, got " + e.getMessage());
        }
    }

    /** Attached beside its proofs, or the artifact itself. */
    private Optional<Descriptor> asset(Attached found, Digest expected) {
        return found.files()
                .stream()
                .filter(each -> each.digest().equals(expected))
                .findFirst()
                .or(() -> document.manifest()
                        .successors()
                        .stream()
                        .filter(each -> each.digest().equals(expected))
                        .findFirst());
    }

    private Rung rung() {
        String text = Objects.requireNonNull(upstream).annotation(Annotations.TRUST_RUNG);
        return Rung.find(text)
                .orElseThrow(() -> new UntrustedContentException(
                        "cannot tell how it was trusted: expected a rung in "
                                + Annotations.TRUST_RUNG + ", got \"" + text + "\""));
    }

    private String annotation(String key) {
        return document.manifest().annotations().getOrDefault(key, "");
    }

    private Digest requireDigest() {
        return Digest.find(annotation(Annotations.UPSTREAM_DIGEST))
                .orElseThrow(() -> new UntrustedContentException(
                        "cannot tell what it was made of: expected a digest in "
                                + Annotations.UPSTREAM_DIGEST + ", got \"" + annotation(
                                        Annotations.UPSTREAM_DIGEST) + "\""));
    }

    private Object sbom() throws IOException {
        Attached found = only(EvidenceKind.SBOM);
        Bytes content = found.content();
        SbomCheck.requireUpstreams(content, attached);
        return layer.isEmpty()
                ? new Checks.Nothing("whole, but there is no layer to compare it with")
                : SbomCheck.require(content, layer.get().files());
    }

    /** It is about this manifest, names the very evidence that is attached, and is the one that was signed. */
    private Object provenance(Signatures signatures) throws IOException {
        Attached found = only(EvidenceKind.PROVENANCE);
        Digest subject = document.descriptor().digest();
        Statement statement = Statement.parse(found.content(), "provenance " + found.referrer()
                .digest());
        statement.requireSubject(subject, "provenance " + found.referrer().digest());
        Optional<SignedStatement> signed = signatures.find(EvidenceKind.SIGNED_PROVENANCE);
        if (signed.isPresent() && !Objects.requireNonNull(chosen).isSigned(statement)) {
            throw Problem.differs("provenance " + found.referrer().digest(),
                    "what was signed, which has " + signed.get().statement().toJson().digest(),
                    statement.toJson().digest());
        }
        Publication stated = Publication.of(statement, "provenance " + found.referrer().digest());
        requireSame(stated);
        publication = stated;
        vouched = signed.isPresent();
        return stated.trust().reached().label() + ", by " + stated.program().name() + " "
                + stated.program().version() + (signed.isPresent() ? ", signed" : "");
    }

    private void requireSame(Publication stated) {
        if (!stated.asset().digest().equals(requireDigest())) {
            throw Problem.differs("the asset that provenance names", requireDigest(), stated.asset()
                    .digest());
        }
        if (!stated.what().version().equals(annotation(Annotations.VERSION))) {
            throw Problem.differs("the version that provenance names", annotation(
                    Annotations.VERSION), stated.what().version());
        }
        String title = annotation(Annotations.TITLE);
        if (!stated.what().tool().equals(title)) {
            throw Problem.differs("the tool that provenance names", title, stated.what().tool());
        }
        if (platform.isPresent() && !stated.what()
                .platform()
                .platform()
                .equals(platform.get().platform())) {
            throw Problem.differs("the platform that provenance names", platform.get(), stated
                    .what()
                    .platform());
        }
        if (upstream != null) {
            requireSameProofs(stated, upstream);
        }
        Set<String> sboms = attached.stream()
                .filter(each -> each.is(EvidenceKind.SBOM))
                .flatMap(each -> each.document().manifest().successors().stream())
                .map(each -> each.digest().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        for (Material product : stated.products()) {
            if (!sboms.contains(product.digest().toString())) {
                throw Problem.differs(product.name() + " that provenance names", product.digest(),
                        "others attached: " + sboms);
            }
        }
    }

    private void requireSameProofs(Publication stated, Attached found) {
        Set<String> named = texts(stated.proofs().stream().map(Material::digest).toList());
        Set<String> there = texts(ChosenEvidence.proofs(found, stated.asset().digest()));
        if (!named.equals(there)) {
            throw Problem.differs("upstream's proofs that are attached", named, there);
        }
        if (stated.trust().reached() != rung()) {
            throw Problem.differs(Annotations.TRUST_RUNG + " of the evidence", stated.trust()
                    .reached()
                    .label(), rung().label());
        }
        boolean kept = stated.content().packaging() == Packaging.UPSTREAM || stated.content()
                .keepUpstream();
        if (kept && notKept) {
            throw Problem.differs("upstream's file among the evidence", stated.asset().name() + " "
                    + stated.asset().digest(), "none");
        }
    }

    private static Set<String> texts(Collection<Digest> digests) {
        return digests.stream()
                .map(Digest::toString)
                .collect(Collectors.toCollection(
                        TreeSet::new));
    }

    /** The same asset, packed in the same way, is the same image. */
    private Object packing(Path folder) throws IOException {
        Path file = asset;
        if (file == null) {
            return new Checks.Nothing("there is no asset to pack again");
        }
        return new PackingCheck(document, tool, Optional.ofNullable(publication), platform).require(
                file, requireDigest(), folder);
    }

    private Object policy() {
        Rung minimum = how.minimumTrust(tool);
        if (upstream == null) {
            return new Checks.Nothing("there is no evidence to judge");
        }
        if (!rung().isAtLeast(minimum)) {
            throw new UntrustedContentException("cannot accept trust of " + rung().label()
                    + ": expected " + minimum.label() + " or better");
        }
        if (notKept && !vouched && rung().compareTo(Rung.CHECKSUM_FILE) > 0) {
            throw new UntrustedContentException("cannot repeat the proof of " + document
                    .descriptor()
                    .digest() + ": expected upstream's file among the evidence, or provenance that"
                    + " is signed, as its trust is " + rung().label() + ", got neither");
        }
        return rung().label() + ", asked for " + minimum.label();
    }
}
