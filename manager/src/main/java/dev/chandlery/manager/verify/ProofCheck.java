package dev.chandlery.manager.verify;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.checksum.ChecksumFile;
import dev.chandlery.upstream.proof.AssetVerifier;
import dev.chandlery.upstream.proof.Candidate;
import dev.chandlery.upstream.proof.KeptEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Repeats the proofs of upstream over the asset that was kept. */
final class ProofCheck {
    private static final List<Algorithm> COUNTED = List.of(Algorithm.SHA256, Algorithm.SHA512);
    private static final int BUFFER = 64 * 1024;

    private ProofCheck() {}

    static FileHashes.Result hashes(Path asset) throws IOException {
        FileHashes hashes = new FileHashes();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(asset)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hashes.update(ByteBuffer.wrap(buffer, 0, n));
            }
        }
        return hashes.finish();
    }

    /**
     * Requires that no checksum file speaks against the asset, and that one speaks for it where the rung says
     * so.
     *
     * @param name of the asset
     * @return what proved it, for people
     */
    static String requireChecksums(Attached upstream, String name, FileHashes.Result actual,
            Rung rung) throws IOException {
        List<String> proved = new ArrayList<>();
        for (Descriptor file : upstream.files()) {
            if (!file.digest().equals(actual.sha256())) {
                Set<Digest> expected = ChecksumFile.parse(upstream.read(file))
                        .findAll(name,
                                COUNTED);
                for (Digest each : expected) {
                    Digest computed = actual.like(each);
                    if (!computed.equals(each)) {
                        throw Problem.differs(name + " by " + Attached.title(file), each, computed);
                    }
                }
                if (!expected.isEmpty()) {
                    proved.add(Attached.title(file));
                }
            }
        }
        boolean anything = upstream.files()
                .stream()
                .anyMatch(file -> !file.digest().equals(actual.sha256()));
        if (rung == Rung.CHECKSUM_FILE && proved.isEmpty() && anything) {
            throw new UntrustedContentException("cannot trust " + name
                    + ": expected a checksum file that names it, as its trust is " + rung.label()
                    + ", got none");
        }
        return proved.isEmpty() ? "" : "by " + String.join(", ", proved);
    }

    /**
     * Proves the asset again by all that the tool's entry in registry.yaml asks for, from the files that were
     * kept.
     *
     * @param upstream evidence with the files
     * @param tool with its policy; empty where registry.yaml does not know it
     * @param recorded rung that it is said to have stood on
     */
    static void require(Attached upstream, Optional<ToolSpec> tool, Verifying how,
            Candidate candidate, Rung recorded) throws IOException {
        boolean repeatable = tool.flatMap(known -> known.findPlatform(candidate.asset().platform()))
                .isPresent();
        if (!repeatable) {
            if (recorded.compareTo(Rung.CHECKSUM_FILE) > 0) {
                throw new UntrustedContentException("cannot repeat the proof of " + candidate
                        .asset()
                        .fileName()
                        + ": expected the tool's entry in registry.yaml, which says what "
                        + recorded.label() + " must be by, found none");
            }
            return;
        }
        requireRelease(tool.orElseThrow(), candidate);
        Map<String, Bytes> files = new TreeMap<>();
        for (Descriptor file : upstream.files()) {
            if (!file.digest().equals(candidate.hashes().sha256())) {
                files.put(Attached.title(file), upstream.read(file));
            }
        }
        Rung reached = new AssetVerifier(tool.orElseThrow(), how.config().security(), InstantSource
                .system()).verify(candidate, new KeptEvidence(files)).rung();
        if (recorded.compareTo(Rung.CHECKSUM_FILE) > 0 && !reached.isAtLeast(recorded)) {
            throw new UntrustedContentException("cannot repeat the proof of " + candidate.asset()
                    .fileName() + ": expected " + recorded.label()
                    + " as when it was published, got "
                    + reached.label());
        }
    }

    /** Proofs name releases, such as a tag that was built; who wrote the manifest must not choose another one. */
    private static void requireRelease(ToolSpec tool, Candidate candidate) {
        Release release = candidate.asset().release();
        boolean fits = tool.releases()
                .pattern()
                .versionOf(release.name())
                .filter(release.version().text()::equals)
                .isPresent();
        if (!fits && !tool.trust().rules().isEmpty()) {
            throw new UntrustedContentException("cannot repeat the proof of " + candidate.asset()
                    .fileName() + ": expected a release that is version " + release.version()
                    + " by release_pattern \"" + tool.releases().pattern() + "\", got "
                    + release.name());
        }
    }
}
