package dev.chandlery.upstream.proof;

import dev.chandlery.oci.Bytes;
import java.util.Optional;

/** Where proofs get what they need of the world: upstream, or the evidence that was kept. */
@FunctionalInterface
public interface ProofSource {
    /** More than any file of proofs has. */
    int MAX_BYTES = 16 * 1024 * 1024;

    /**
     * The answer, at most {@link #MAX_BYTES} of it.
     *
     * @return empty when there is none; trouble in finding out is an exception
     */
    Optional<Bytes> find(ProofRequest request);
}
