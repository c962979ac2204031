package dev.chandlery.upstream.proof;

import dev.chandlery.oci.Bytes;
import dev.chandlery.upstream.Verification;
import dev.chandlery.upstream.fetch.Downloads;
import dev.chandlery.upstream.proof.OutsideProofs.Beside;
import dev.chandlery.upstream.proof.OutsideProofs.Elsewhere;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Proves a tool's downloads with what upstream has for them. Thread-safe. */
public final class Prover {
    private static final int MOST_SHARED = 200;

    private final AssetVerifier verifier;
    private final Downloads downloads;
    private final Elsewhere elsewhere;
    private final Map<String, Optional<Bytes>> shared = new ConcurrentHashMap<>();

    public Prover(AssetVerifier verifier, Downloads downloads, Elsewhere elsewhere) {
        this.verifier = verifier;
        this.downloads = downloads;
        this.elsewhere = elsewhere;
    }

    /**
     * Proves one.
     *
     * @param beside what the asset's own upstream has
     * @see AssetVerifier#verify
     */
    public Verification verify(Candidate candidate, Beside beside) {
        return verifier.verify(candidate, new OutsideProofs(downloads, elsewhere, new Shared(
                candidate, beside)));
    }

    /** Files that a release has once for all of its platforms are fetched once. */
    private final class Shared implements Beside {
        private final Candidate candidate;
        private final Beside beside;

        Shared(Candidate candidate, Beside beside) {
            this.candidate = candidate;
            this.beside = beside;
        }

        @Override
        public Optional<Bytes> file(String name) {
            if (name.contains(candidate.name()) || shared.size() >= MOST_SHARED) {
                return beside.file(name);
            }
            return shared.computeIfAbsent(candidate.asset().release().name() + "\n" + name,
                    _ -> beside.file(name));
        }

        @Override
        public Optional<NpmRecord> registry() {
            return beside.registry();
        }

        @Override
        public Optional<Instant> uploaded(String name) {
            return beside.uploaded(name);
        }
    }
}
