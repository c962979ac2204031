package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.proof.SignedFileSpec;
import dev.chandlery.config.security.SecuritySpec;
import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.HttpSourceSpec;
import dev.chandlery.config.source.MavenSourceSpec;
import dev.chandlery.config.source.NpmSourceSpec;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Digest;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Version;
import dev.chandlery.upstream.checksum.ChecksumFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares downloads with what upstream states of them. */
public final class Checksums {
    private static final List<Algorithm> ALL = List.of(Algorithm.values());

    private final ToolSpec tool;
    private final SecuritySpec security;

    Checksums(ToolSpec tool, SecuritySpec security) {
        this.tool = tool;
        this.security = security;
    }

    /**
     * Compares a digest that upstream states.
     *
     * @throws ContentMismatchException with both digests when they differ
     */
    public static void require(String fileName, Digest expected, FileHashes.Result actual) {
        Digest computed = actual.like(expected);
        if (!computed.equals(expected)) {
            throw new ContentMismatchException(fileName, expected.toString(), computed.toString());
        }
    }

    /**
     * Compares an asset with the checksum files that its source has.
     *
     * @return the file, for signatures over it; empty where the source has none
     * @throws ContentNotFoundException when one that registry.yaml or the catalogue promises is not there
     */
    Optional<Signed.Published> compare(Candidate candidate, TemplateValues values,
            Findings findings) {
        return switch (tool.source()) {
            case GithubSourceSpec github -> github.checksumAsset()
                    .flatMap(template -> promised(template, candidate, values, findings));
            case HttpSourceSpec http -> http.checksumUrl()
                    .flatMap(template -> promised(template, candidate, values, findings));
            case MavenSourceSpec _ -> {
                compareSidecars(candidate, findings);
                yield Optional.empty();
            }
            case NpmSourceSpec _ -> Optional.empty();
        };
    }

    private Optional<Signed.Published> promised(AssetTemplate template, Candidate candidate,
            TemplateValues values, Findings findings) {
        if (!security.checks().verifyChecksums() && !isSigned(candidate)) {
            findings.note("checksum files were not looked at: security.verify_checksums is false");
            return Optional.empty();
        }
        String name = template.expand(values);
        ProofRequest.Published request = new ProofRequest.Published(name);
        Bytes content = findings.find(request)
                .orElseThrow(() -> new ContentNotFoundException(
                        "cannot verify " + candidate.name() + " of " + tool.name() + " " + candidate
                                .asset()
                                .release() + ": upstream has no " + name));
        compare(candidate, request.evidenceName(), content, security.checksumAlgorithms());
        findings.reach(Rung.CHECKSUM_FILE);
        return Optional.of(new Signed.Published(request.evidenceName(), content, !request
                .isAddress()));
    }

    /** Whether a signature over the checksum file is to be looked at. */
    private boolean isSigned(Candidate candidate) {
        Version version = candidate.asset().release().version();
        return security.checks().verifySignatures() && tool.trust()
                .rules()
                .stream()
                .filter(rule -> ProofVersions.asks(rule, version))
                .map(rule -> rule.proof().signedFile())
                .flatMap(Optional::stream)
                .anyMatch(signed -> signed.over() == SignedFileSpec.Over.CHECKSUMS);
    }

    /** Those of Maven repositories: all that are there are compared, those that count prove something. */
    private void compareSidecars(Candidate candidate, Findings findings) {
        boolean proven = false;
        for (Algorithm algorithm : ALL) {
            String name = candidate.name() + "." + algorithm.label();
            Optional<Bytes> content = security.checks().verifyChecksums()
                    ? findings.find(new ProofRequest.Published(name))
                    : Optional.empty();
            if (content.isPresent()) {
                compare(candidate, name, content.get(), List.of(algorithm));
                proven |= security.checksumAlgorithms().contains(algorithm);
            }
        }
        if (proven) {
            findings.reach(Rung.CHECKSUM_FILE);
        } else {
            findings.note("the repository has no checksum of " + candidate.name()
                    + " that counts as proof");
        }
    }

    private static void compare(Candidate candidate, String name, Bytes content,
            List<Algorithm> counted) {
        Set<Digest> expected = ChecksumFile.parse(content).findAll(candidate.name(), counted);
        if (expected.isEmpty()) {
            throw new ContentMismatchException(candidate.name(), "its checksum in " + name, "none");
        }
        expected.forEach(each -> require(candidate.name(), each, candidate.hashes()));
    }
}
