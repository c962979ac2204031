package dev.chandlery.publisher.attest;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.publisher.flow.Gate;
import dev.chandlery.publisher.push.ArtifactPush;
import dev.chandlery.trust.key.SigningKey;
import java.util.List;

/**
 * Signs indexes. An index vouches for all platforms in it: those that this run did not verify must have been
 * signed by the same key before.
 */
public final class IndexSigning {
    private final Signing signing;
    private final Attestor attestor;
    private final Attachments attachments;

    /** Attaches that evidence to an image, as far as it is not there. */
    public void attach(RemoteRepository repository, Descriptor image, List<Evidence> evidence) {
        attachments.attach(repository, image, evidence, _ -> {});
    }

    /** Signs by that key; nothing is signed without one. */
    public IndexSigning(Signing signing) {
        this.signing = signing;
        this.attestor = new Attestor(signing);
        this.attachments = new Attachments(new ArtifactPush(Gate.open()), signing);
    }

    /** Attaches a signature of the manifest, unless that very one is attached already. */
    public void sign(RemoteRepository repository, Descriptor index) {
        attachments.attach(repository, index, attestor.signature(index), _ -> {});
    }

    /**
     * Asks for signatures where a key is set.
     *
     * @throws UntrustedContentException when one of them has no good signature by our key
     */
    public void requireSigned(RemoteRepository repository, List<Digest> manifests) {
        signing.key().ifPresent(key -> {
            for (Digest manifest : manifests) {
                requireSigned(repository, manifest, key);
            }
        });
    }

    private static void requireSigned(RemoteRepository repository, Digest manifest,
            SigningKey key) {
        if (!new GoodSignatures(List.of(key.publicKey())).isOn(repository, manifest)) {
            throw new UntrustedContentException("cannot sign an index over " + manifest + " of "
                    + repository + ": expected a signature of it by " + key.publicKey()
                    + ", found none that is good; publish that platform again with --force");
        }
    }
}
