package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the proofs of one asset came to so far. Not thread-safe. */
final class Findings {
    private static final MediaType TEXT = new MediaType("text/plain");
    private static final MediaType JSON = new MediaType("application/json");

    private final ProofSource source;
    private final SortedMap<String, EvidenceFile> evidence = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private Rung rung = Rung.FIRST_USE;

    Findings(ProofSource source) {
        this.source = source;
    }

    /** Asks, and keeps the answer as evidence. */
    Optional<Bytes> find(ProofRequest request) {
        Optional<Bytes> found = source.find(request);
        String name = request.evidenceName();
        found.ifPresent(content -> evidence.putIfAbsent(name, new EvidenceFile(name, type(name),
                content)));
        return found;
    }

    /** Notes that a rung is reached. */
    void reach(Rung reached) {
        rung = reached.isAtLeast(rung) ? reached : rung;
    }

    void note(String text) {
        if (!notes.contains(text)) {
            notes.add(text);
        }
    }

    Verification verification() {
        return new Verification(rung, List.copyOf(evidence.values()), notes);
    }

    private static MediaType type(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".asc") || lower.endsWith(".gpg")) {
            return new MediaType("application/pgp-signature");
        }
        if (lower.endsWith(".sigstore.json") || lower.endsWith(".sigstore")) {
            return new MediaType("application/vnd.dev.sigstore.bundle.v0.3+json");
        }
        if (lower.endsWith(".pem") || lower.endsWith(".crt")) {
            return new MediaType("application/x-pem-file");
        }
        return lower.endsWith(".json") || lower.endsWith(".jsonl") ? JSON : TEXT;
    }
}
