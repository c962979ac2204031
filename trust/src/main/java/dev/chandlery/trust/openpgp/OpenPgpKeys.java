package dev.chandlery.trust.openpgp;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRing;

/** Public keys that were read from key files; none is trusted before it is pinned. Immutable. */
public final class OpenPgpKeys {
    private final List<PGPPublicKeyRing> rings;

    private OpenPgpKeys(List<PGPPublicKeyRing> rings) {
        this.rings = List.copyOf(joined(rings));
    }

    /**
     * Copies of one key become one, with the signatures of all: what one copy says of a revocation or of a
     * subkey holds, though an older copy beside it does not know it yet.
     */
    private static Collection<PGPPublicKeyRing> joined(List<PGPPublicKeyRing> rings) {
        SortedMap<String, PGPPublicKeyRing> joined = new TreeMap<>();
        for (PGPPublicKeyRing ring : rings) {
            // As text: collections of keys have old ones with fingerprints that we do not take.
            String primary = HexFormat.of().formatHex(ring.getPublicKey().getFingerprint());
            joined.merge(primary, ring, (one, other) -> {
                try {
                    return PGPPublicKeyRing.join(one, other);
                } catch (PGPException | RuntimeException e) {
                    throw new MalformedContentException("cannot read keys: two copies of "
                            + primary + " do not fit together: " + e.getMessage(), e);
                }
            });
        }
        return joined.values();
    }

    /**
     * Reads armoured (several blocks too) or binary key files. User ids are neither needed nor believed.
     *
     * @param what for messages, such as the name of the file
     * @throws MalformedContentException when there is no public key in it, or something else
     */
    public static OpenPgpKeys read(Bytes file, String what) {
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        for (Object object : Packets.read(file, "PUBLIC KEY BLOCK", what)) {
            switch (object) {
                case PGPPublicKeyRing ring -> rings.add(ring);
                case PGPSecretKeyRing _ -> throw Packets.malformed(what,
                        "expected public keys, got a private key");
                default -> throw Packets.malformed(what, "expected public keys, got "
                        + object.getClass().getSimpleName());
            }
        }
        if (rings.isEmpty()) {
            throw Packets.malformed(what, "there is no key in it");
        }
        return new OpenPgpKeys(rings);
    }

    /** The keys of both. */
    public OpenPgpKeys and(OpenPgpKeys other) {
        List<PGPPublicKeyRing> all = new ArrayList<>(rings);
        all.addAll(other.rings);
        return new OpenPgpKeys(all);
    }

    /** Of all primary keys. */
    public List<Fingerprint> primaryFingerprints() {
        return rings.stream()
                .map(ring -> Fingerprint.of(ring.getPublicKey().getFingerprint()))
                .toList();
    }

    /** Primary keys and subkeys with that id; more than one when ids were made to collide. */
    List<SignerKey> find(long keyId) {
        return rings.stream()
                .flatMap(ring -> StreamSupport.stream(ring.spliterator(), false)
                        .filter(key -> key.getKeyID() == keyId)
                        .map(key -> new SignerKey(key, primary(ring))))
                .toList();
    }

    private static PGPPublicKey primary(PGPPublicKeyRing ring) {
        return ring.getPublicKey();
    }
}
