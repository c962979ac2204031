package dev.chandlery.trust.openpgp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * What the primary key says of itself or of a subkey, in signatures that are good. What restricts a key is
 * believed whatever the hash; what lends it rights (the binding of a subkey) only with a strong one. Keys
 * that were stripped of all signatures have no history: they never expire, and subkeys are not bound.
 *
 * <p><b>Spec:</b> RFC 9580, sections 5.2.1 (types), 5.2.3.13 (expiry), 5.2.3.31 (revocation), 10.1.
 *
 * @param bound whether a subkey is the primary key's, and says so itself; true for primary keys
 * @param signs whether its flags permit signing; true without flags
 * @param expires end of its validity, where there is one
 * @param revoked from when on; {@link Instant#MIN} when none of its signatures can be believed
 */
record KeyHistory(boolean bound, boolean signs, Optional<Instant> expires,
        Optional<Instant> revoked) {
    /** Of signatures looked at; certifications by others are passed over. */
    private static final int MAX_SIGNATURES = 512;

    Optional<String> objection(String kind, Instant signedAt) {
        if (revoked.filter(Instant.MIN::equals).isPresent()) {
            return Optional.of("its " + kind + " is revoked as compromised, or without reason");
        }
        if (revoked.filter(since -> !signedAt.isBefore(since)).isPresent()) {
            return Optional.of("its " + kind + " was revoked at " + revoked.get()
                    + ", the signature is of " + signedAt);
        }
        if (expires.filter(end -> !signedAt.isBefore(end)).isPresent()) {
            return Optional.of("its " + kind + " expired at " + expires.get()
                    + ", the signature is of " + signedAt);
        }
        return Optional.empty();
    }

    static KeyHistory ofPrimary(PGPPublicKey primary) {
        List<PGPSignature> good = new ArrayList<>();
        addGood(good, primary.getSignaturesOfType(PGPSignature.DIRECT_KEY), primary,
                signature -> signature.verifyCertification(primary));
        for (Iterator<byte[]> ids = primary.getRawUserIDs(); ids.hasNext();) {
            byte[] id = ids.next();
            Iterator<PGPSignature> certifications = primary.getSignaturesForID(id);
            addGood(good, certifications, primary, signature -> PGPSignature.isCertification(
                    signature.getSignatureType()) && signature.verifyCertification(id, primary));
        }
        List<PGPSignature> revocations = new ArrayList<>();
        addGood(revocations, primary.getSignaturesOfType(PGPSignature.KEY_REVOCATION), primary,
                signature -> signature.verifyCertification(primary));
        Optional<PGPSignature> newest = newest(good);
        return new KeyHistory(true, newest.map(KeyHistory::permitsSigning).orElse(true), newest
                .flatMap(signature -> expiry(signature, primary)), revocation(revocations));
    }

    static KeyHistory ofSubkey(PGPPublicKey subkey, PGPPublicKey primary) {
        List<PGPSignature> bindings = new ArrayList<>();
        addGood(bindings, subkey.getSignaturesOfType(PGPSignature.SUBKEY_BINDING), primary,
                signature -> signature.verifyCertification(primary, subkey));
        List<PGPSignature> revocations = new ArrayList<>();
        addGood(revocations, subkey.getSignaturesOfType(PGPSignature.SUBKEY_REVOCATION), primary,
                signature -> signature.verifyCertification(primary, subkey));
        Optional<PGPSignature> newest = newest(bindings);
        boolean bound = newest.filter(binding -> Hashes.strong(binding) && agrees(binding, subkey,
                primary)).isPresent();
        return new KeyHistory(bound, newest.map(KeyHistory::permitsSigning).orElse(true), newest
                .flatMap(signature -> expiry(signature, subkey)), revocation(revocations));
    }

    /** A check that may fail in the ways of the library. */
    private interface Check {
        boolean isGood(PGPSignature signature) throws PGPException;
    }

    private static void addGood(List<PGPSignature> good, Iterator<PGPSignature> all,
            PGPPublicKey signer, Check check) {
        while (all.hasNext() && good.size() < MAX_SIGNATURES) {
            PGPSignature signature = all.next();
            if (signature.getKeyID() == signer.getKeyID() && isGood(signature, signer, check)) {
                good.add(signature);
            }
        }
    }

    /** Bouncy Castle tells of broken signatures in many ways; none of them is a good one. */
    private static boolean isGood(PGPSignature signature, PGPPublicKey signer, Check check) {
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), signer);
            return check.isGood(signature);
        } catch (PGPException | RuntimeException _) {
            return false;
        }
    }

    /** A subkey that signs must agree to belong to the primary key, or anybody could adopt it. */
    private static boolean agrees(PGPSignature binding, PGPPublicKey subkey,
            PGPPublicKey primary) {
        return embedded(binding.getHashedSubPackets(), subkey, primary)
                || embedded(binding.getUnhashedSubPackets(), subkey, primary);
    }

    private static boolean embedded(PGPSignatureSubpacketVector packets, PGPPublicKey subkey,
            PGPPublicKey primary) {
        PGPSignatureList list;
        try {
            list = packets.getEmbeddedSignatures();
        } catch (PGPException | RuntimeException _) {
            return false;
        }
        for (PGPSignature signature : list) {
            if (signature.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
                    && Hashes.strong(signature) && isGood(signature, subkey, each -> each
                            .verifyCertification(primary, subkey))) {
                return true;
            }
        }
        return false;
    }

    private static boolean permitsSigning(PGPSignature signature) {
        PGPSignatureSubpacketVector packets = signature.getHashedSubPackets();
        return packets == null || !packets.hasSubpacket(SignatureSubpacketTags.KEY_FLAGS)
                || (packets.getKeyFlags() & KeyFlags.SIGN_DATA) != 0;
    }

    private static Optional<Instant> expiry(PGPSignature signature, PGPPublicKey key) {
        PGPSignatureSubpacketVector packets = signature.getHashedSubPackets();
        long seconds = packets == null ? 0 : packets.getKeyExpirationTime();
        return seconds == 0
                ? Optional.empty()
                : Optional.of(key.getCreationTime().toInstant().plusSeconds(seconds));
    }

    private static Optional<PGPSignature> newest(List<PGPSignature> signatures) {
        return signatures.stream().max(Comparator.comparing(PGPSignature::getCreationTime));
    }

    /** Superseded and retired keys were good before; of all others, nobody knows since when. */
    private static Optional<Instant> revocation(List<PGPSignature> revocations) {
        return revocations.stream()
                .map(signature -> signature.isHardRevocation()
                        ? Instant.MIN
                        : signature.getCreationTime().toInstant())
                .min(Comparator.naturalOrder());
    }
}
