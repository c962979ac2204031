package dev.chandlery.upstream.proof;

import dev.chandlery.oci.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evidence that was kept when an asset was proven for the first time; asks nobody. Immutable. */
public final class KeptEvidence implements ProofSource {
    private final SortedMap<String, Bytes> files;

    /** @param files by the names that they had in {@link dev.chandlery.upstream.EvidenceFile} */
    public KeptEvidence(Map<String, Bytes> files) {
        this.files = new TreeMap<>(files);
    }

    @Override
    public Optional<Bytes> find(ProofRequest request) {
        return Optional.ofNullable(files.get(request.evidenceName()));
    }
}
