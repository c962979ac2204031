package dev.chandlery.trust.openpgp;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.content.Content;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;

/**
 * Checks detached signatures by pinned keys. Whether a key was valid is judged at the time that the signature
 * says it was made: keys expire while their signatures stay. Immutable, thread-safe.
 */
public final class OpenPgpVerifier {
    private static final int MAX_SIGNATURES = 16;
    private static final int BUFFER_BYTES = 64 << 10;

    private final OpenPgpKeys keys;
    private final SortedSet<Fingerprint> pinned;

    /**
     * Trusts those keys alone that are pinned.
     *
     * @param keys to look signers up in
     * @param pinned fingerprints of primary keys, which stand for all their subkeys, or of single subkeys
     */
    public OpenPgpVerifier(OpenPgpKeys keys, Set<Fingerprint> pinned) {
        this.keys = keys;
        this.pinned = Collections.unmodifiableSortedSet(new TreeSet<>(pinned));
    }

    /**
     * Requires one good signature by a pinned key. Reads the content once, or not at all when no signature
     * could be believed.
     *
     * @param signature armoured or binary; may hold several signatures
     * @param now signatures from later than it (and a day) are refused
     * @param what for messages, such as the name of the signed file
     * @throws UntrustedContentException when none of the signatures is good; says why
     * @throws MalformedContentException when there is no signature to be read
     * @throws StorageException when the content cannot be read
     */
    public OpenPgpProof verify(Content content, Bytes signature, Instant now, String what) {
        return verify(content, new Claim(signature, PGPSignature.BINARY_DOCUMENT), now, what);
    }

    /**
     * As {@link #verify(Content, Bytes, Instant, String)}, of a text with its signature around it; only {@link
     * Cleartext#text} is proven, not the file.
     */
    public OpenPgpProof verify(Cleartext message, Instant now, String what) {
        return verify(Content.of(message.canonical()), new Claim(message.signature(),
                PGPSignature.CANONICAL_TEXT_DOCUMENT), now, what);
    }

    /** A file with signatures, and the type that they must be of. */
    private record Claim(Bytes signature, int type) {}

    private OpenPgpProof verify(Content content, Claim claim, Instant now, String what) {
        List<Attempt> attempts = new ArrayList<>();
        List<String> objections = new ArrayList<>();
        for (PGPSignature each : signatures(claim.signature(), what)) {
            consider(each, claim.type(), now, attempts, objections);
        }
        takeIn(content, attempts, what);
        for (Attempt attempt : attempts) {
            if (attempt.isGood()) {
                return new OpenPgpProof(attempt.signer().fingerprint(), attempt.signer()
                        .primaryFingerprint(), attempt.signedAt());
            }
            objections.add("by " + attempt.signer().fingerprint()
                    + ": it is over other bytes, or damaged");
        }
        throw new UntrustedContentException("cannot trust " + what
                + ": expected a good OpenPGP signature by " + pinned + ", got one "
                + String.join("; one ", objections));
    }

    private void consider(PGPSignature signature, int type, Instant now, List<Attempt> attempts,
            List<String> objections) {
        List<SignerKey> signers = keys.find(signature.getKeyID());
        if (signers.isEmpty()) {
            objections.add("by key id " + "%016X".formatted(signature.getKeyID())
                    + ", of which there is no key");
        }
        for (SignerKey signer : signers) {
            boolean itself = pinned.contains(signer.fingerprint());
            if (!itself && !pinned.contains(signer.primaryFingerprint())) {
                objections.add("by " + signer.primaryFingerprint() + ", which is not pinned");
                continue;
            }
            Attempt attempt = new Attempt(signature, signer, type);
            Optional<String> objection = attempt.objection(now, itself);
            if (objection.isEmpty()) {
                attempts.add(attempt);
                return; // a signature takes in content for one key only
            }
            objections.add("by " + signer.fingerprint() + ": " + objection.get());
        }
    }

    private static List<PGPSignature> signatures(Bytes file, String what) {
        List<PGPSignature> signatures = new ArrayList<>();
        for (Object object : Packets.read(file, "SIGNATURE", "signature of " + what)) {
            // Anything else would be signed data of its own, which nobody asked about.
            if (!(object instanceof PGPSignatureList list)) {
                throw Packets.malformed("signature of " + what,
                        "expected detached signatures, got " + object.getClass().getSimpleName());
            }
            list.forEach(signatures::add);
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw Packets.malformed("signature of " + what, "expected 1 to " + MAX_SIGNATURES
                    + " signatures, got " + signatures.size());
        }
        return signatures;
    }

    private static void takeIn(Content content, List<Attempt> attempts, String what) {
        if (attempts.isEmpty()) {
            return;
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = content.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (Attempt attempt : attempts) {
                    attempt.signature().update(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            throw new StorageException("cannot read " + what + ": " + e.getMessage(), e);
        }
    }
}
