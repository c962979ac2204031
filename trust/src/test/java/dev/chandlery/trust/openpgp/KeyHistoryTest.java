package dev.chandlery.trust.openpgp;

import static dev.chandlery.trust.openpgp.SampleKey.CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bouncycastle.bcpg.HashAlgorithmTags.SHA1;
import static org.bouncycastle.bcpg.HashAlgorithmTags.SHA256;
import static org.bouncycastle.openpgp.PGPSignature.DIRECT_KEY;
import static org.bouncycastle.openpgp.PGPSignature.KEY_REVOCATION;
import static org.bouncycastle.openpgp.PGPSignature.SUBKEY_BINDING;
import static org.bouncycastle.openpgp.PGPSignature.SUBKEY_REVOCATION;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.content.Content;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.bcpg.sig.RevocationReasonTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHistoryTest {
    private static final Bytes CONTENT = Bytes.ofUtf8("a release");
    private static final Instant SIGNED = CREATED.plus(Duration.ofDays(100));
    private static final Instant NOW = CREATED.plus(Duration.ofDays(3000));

    private static OpenPgpProof verify(SampleKey key, Bytes signature) throws Exception {
        return new OpenPgpVerifier(key.keys(), Set.of(key.fingerprint())).verify(Content.of(
                CONTENT), signature, NOW, "asset");
    }

    private static AbstractThrowableAssert<?, ?> refused(SampleKey key, Bytes signature) {
        return assertThatThrownBy(() -> verify(key, signature)).isInstanceOf(
                UntrustedContentException.class);
    }

    private static Consumer<PGPSignatureSubpacketGenerator> expires(Duration after) {
        return packets -> packets.setKeyExpirationTime(true, after.toSeconds());
    }

    private static Consumer<PGPSignatureSubpacketGenerator> reason(byte tag) {
        return packets -> packets.setRevocationReason(false, tag, "");
    }

    private static Consumer<PGPSignatureSubpacketGenerator> binding(SampleKey key, int flags) {
        return packets -> {
            packets.setKeyFlags(true, flags);
            try {
                packets.addEmbeddedSignature(true, key.agreement());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Test
    void believesKeysWithoutAnyHistory() throws Exception {
        SampleKey key = new SampleKey();
        OpenPgpProof proof = verify(key, key.sign(CONTENT, SIGNED));
        assertThat(proof).isEqualTo(new OpenPgpProof(key.fingerprint(), key.fingerprint(),
                SIGNED));
    }

    @Test
    void judgesExpiryWhenItWasSigned() throws Exception {
        SampleKey key = new SampleKey().says(DIRECT_KEY, CREATED, expires(Duration.ofDays(365)));
        assertThat(verify(key, key.sign(CONTENT, SIGNED)).signedAt()).isEqualTo(SIGNED);
        Instant late = CREATED.plus(Duration.ofDays(365));
        refused(key, key.sign(CONTENT, late)).hasMessageContaining("expired at " + late);
    }

    @Test
    void takesTheNewestExpiry() throws Exception {
        SampleKey key = new SampleKey().says(DIRECT_KEY, CREATED, expires(Duration.ofDays(30)))
                .says(DIRECT_KEY, CREATED.plusSeconds(60), expires(Duration.ofDays(365)));
        assertThat(verify(key, key.sign(CONTENT, SIGNED)).signedAt()).isEqualTo(SIGNED);
    }

    @ParameterizedTest
    @ValueSource(bytes = {RevocationReasonTags.NO_REASON, RevocationReasonTags.KEY_COMPROMISED})
    void neverBelievesKeysRevokedAsCompromised(byte reason) throws Exception {
        SampleKey key = new SampleKey().says(KEY_REVOCATION, SIGNED.plusSeconds(1), reason(
                reason));
        refused(key, key.sign(CONTENT, SIGNED)).hasMessageContaining("compromised");
    }

    @ParameterizedTest
    @ValueSource(bytes = {RevocationReasonTags.KEY_SUPERSEDED, RevocationReasonTags.KEY_RETIRED})
    void believesRetiredKeysAsOfBefore(byte reason) throws Exception {
        SampleKey key = new SampleKey().says(KEY_REVOCATION, SIGNED, reason(reason));
        assertThat(verify(key, key.sign(CONTENT, SIGNED.minusSeconds(1))).primary()).isEqualTo(key
                .fingerprint());
        refused(key, key.sign(CONTENT, SIGNED)).hasMessageContaining("was revoked at " + SIGNED);
    }

    @Test
    void believesSubkeysThatBelongToThePinnedKey() throws Exception {
        SampleKey key = new SampleKey();
        key.saysOfSubkey(SHA256, SUBKEY_BINDING, CREATED, binding(key, KeyFlags.SIGN_DATA));
        OpenPgpProof proof = verify(key, key.signBySubkey(CONTENT, SIGNED));
        assertThat(proof.signer()).isEqualTo(key.subkeyFingerprint());
        assertThat(proof.primary()).isEqualTo(key.fingerprint());
    }

    @Test
    void judgesSubkeysLikeKeys() {
        SampleKey key = new SampleKey();
        key.saysOfSubkey(SHA256, SUBKEY_BINDING, CREATED, binding(key, KeyFlags.SIGN_DATA).andThen(
                expires(Duration.ofDays(10))));
        refused(key, key.signBySubkey(CONTENT, SIGNED)).hasMessageContaining("subkey expired");
        SampleKey revoked = new SampleKey();
        revoked.saysOfSubkey(SHA256, SUBKEY_BINDING, CREATED, binding(revoked, KeyFlags.SIGN_DATA))
                .saysOfSubkey(SHA256, SUBKEY_REVOCATION, SIGNED, _ -> {});
        refused(revoked, revoked.signBySubkey(CONTENT, SIGNED)).hasMessageContaining("revoked");
    }

    @Test
    void refusesSubkeysThatNobodyBound() throws Exception {
        SampleKey key = new SampleKey().withSubkey();
        Bytes signature = key.signBySubkey(CONTENT, SIGNED);
        refused(key, signature).hasMessageContaining("not bound");
        assertThat(new OpenPgpVerifier(key.keys(), Set.of(key.subkeyFingerprint())).verify(Content
                .of(CONTENT), signature, NOW, "asset").signer()).isEqualTo(key
                        .subkeyFingerprint());
    }

    @Test
    void refusesSubkeysThatDoNotAgreeOrAreForOtherUse() {
        SampleKey silent = new SampleKey();
        silent.saysOfSubkey(SHA256, SUBKEY_BINDING, CREATED, packets -> packets.setKeyFlags(true,
                KeyFlags.SIGN_DATA));
        refused(silent, silent.signBySubkey(CONTENT, SIGNED)).hasMessageContaining("not bound");
        SampleKey adopted = new SampleKey();
        adopted.saysOfSubkey(SHA256, SUBKEY_BINDING, CREATED, binding(new SampleKey(),
                KeyFlags.SIGN_DATA));
        refused(adopted, adopted.signBySubkey(CONTENT, SIGNED)).hasMessageContaining("not bound");
        SampleKey weak = new SampleKey();
        weak.saysOfSubkey(SHA1, SUBKEY_BINDING, CREATED, binding(weak, KeyFlags.SIGN_DATA));
        refused(weak, weak.signBySubkey(CONTENT, SIGNED)).hasMessageContaining("not bound");
        SampleKey other = new SampleKey();
        other.saysOfSubkey(SHA256, SUBKEY_BINDING, CREATED, binding(other,
                KeyFlags.ENCRYPT_COMMS));
        refused(other, other.signBySubkey(CONTENT, SIGNED)).hasMessageContaining("not for signing");
    }

    @Test
    void refusesKeysThatAreNotForSigning() {
        SampleKey key = new SampleKey().says(DIRECT_KEY, CREATED, packets -> packets.setKeyFlags(
                true, KeyFlags.CERTIFY_OTHER));
        refused(key, key.sign(CONTENT, SIGNED)).hasMessageContaining("not for signing");
    }

    @Test
    void refusesTimesThatCannotBe() {
        SampleKey key = new SampleKey();
        refused(key, key.sign(CONTENT, CREATED.minusSeconds(1))).hasMessageContaining(
                "older than its key");
        refused(key, key.sign(CONTENT, NOW.plus(Duration.ofDays(2)))).hasMessageContaining(
                "but it is " + NOW);
        refused(key, key.sign(CONTENT, SIGNED, packets -> packets.setSignatureExpirationTime(true,
                10))).hasMessageContaining("it expired at");
    }

    @Test
    void refusesWhatItDoesNotKnowAndMust() throws PGPException {
        SampleKey key = new SampleKey();
        refused(key, key.sign(CONTENT, SIGNED, packets -> packets.addNotationData(true, true,
                "only@example.com", "in spring"))).hasMessageContaining("subpacket 20");
    }

    /** An old copy of a key beside a new one must not hide what the new one says. */
    @Test
    void aRevocationInOneCopyOfAKeyHoldsForAll() throws Exception {
        SampleKey key = new SampleKey();
        OpenPgpKeys before = key.keys();
        Bytes signature = key.sign(CONTENT, SIGNED);
        OpenPgpKeys revoked = key.says(KEY_REVOCATION, SIGNED, reason(
                RevocationReasonTags.KEY_COMPROMISED)).keys();

        for (OpenPgpKeys both : List.of(before.and(revoked), revoked.and(before))) {
            assertThatThrownBy(() -> new OpenPgpVerifier(both, Set.of(key.fingerprint())).verify(
                    Content.of(CONTENT), signature, NOW, "asset")).isInstanceOf(
                            UntrustedContentException.class)
                    .hasMessageContaining("compromised");
        }
    }

    @Test
    void aLongerLifeInOneCopyOfAKeyHoldsForAll() throws Exception {
        SampleKey key = new SampleKey().says(DIRECT_KEY, CREATED, expires(Duration.ofDays(30)));
        OpenPgpKeys before = key.keys();
        OpenPgpKeys renewed = key.says(DIRECT_KEY, CREATED.plusSeconds(60), expires(Duration.ofDays(
                365))).keys();

        assertThat(new OpenPgpVerifier(before.and(renewed), Set.of(key.fingerprint())).verify(
                Content.of(CONTENT), key.sign(CONTENT, SIGNED), NOW, "asset").signedAt()).isEqualTo(
                        SIGNED);
    }
}
