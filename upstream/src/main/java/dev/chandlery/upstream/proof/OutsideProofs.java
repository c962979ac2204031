package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.SecondSourceSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.upstream.fetch.Downloads;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Asks upstream for what proves an asset. Immutable; one for each asset. */
public final class OutsideProofs implements ProofSource {

    /** What an asset's own upstream has. */
    @FunctionalInterface
    public interface Beside {
        /** A file beside the asset; at most {@link ProofSource#MAX_BYTES} of it. */
        Optional<Bytes> file(String name);

        /** What an npm registry says of the asset's version; empty for other upstreams. */
        default Optional<NpmRecord> registry() {
            return Optional.empty();
        }

        /** When a file beside the asset was put there; empty where nobody says so. */
        default Optional<Instant> uploaded(String name) {
            return Optional.empty();
        }
    }

    /** What other places have. */
    public interface Elsewhere {
        /** GitHub's attestations of a file, as they are kept; empty when there are none. */
        Optional<Bytes> attestations(String repository, Digest digest);

        /** What a second channel has in the asset's place; empty when it has not got it. */
        Optional<ChannelRecord> channel(Candidate candidate, SecondSourceSpec spec);
    }

    private final Downloads downloads;
    private final Elsewhere elsewhere;
    private final Beside beside;

    public OutsideProofs(Downloads downloads, Elsewhere elsewhere, Beside beside) {
        this.downloads = downloads;
        this.elsewhere = elsewhere;
        this.beside = beside;
    }

    @Override
    public Optional<Bytes> find(ProofRequest request) {
        return switch (request) {
            case ProofRequest.Published file -> file.isAddress()
                    ? download(file.name())
                    : beside
                            .file(file.name());
            case ProofRequest.Attestations asked -> elsewhere.attestations(asked.repository(), asked
                    .digest());
            case ProofRequest.Registry _ -> beside.registry().map(NpmRecord::toJson);
            case ProofRequest.Uploaded asked -> beside.uploaded(asked.file())
                    .map(at -> Bytes.ofUtf8(at + "\n"));
            case ProofRequest.Channel asked -> elsewhere.channel(asked.candidate(), asked.spec())
                    .map(ChannelRecord::toJson);
        };
    }

    private Optional<Bytes> download(String address) {
        try {
            URI uri = URI.create(address);
            return downloads.find(HttpCall.get(uri)
                    .withAction("fetch " + RedactedUri.of(uri)),
                    MAX_BYTES);
        } catch (IllegalArgumentException e) {
            throw new MalformedContentException("cannot fetch a file of proofs: \"" + address
                    + "\" is no address", e);
        }
    }
}
