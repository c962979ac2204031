package dev.chandlery.trust.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.trust.Mutations;
import dev.chandlery.trust.Resources;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With keys and signatures that GnuPG made. */
class OpenPgpVerifierTest {
    private static final String RELEASE = "407AC4C4F614ABAE1C953571924D9D7436719543";
    private static final String SUBKEY = "F6F03D2374B552047B468EA4A82A9FDCE4FDF1AA";
    private static final String OTHER = "BB72E65B84AFAA5EB6E9FD0AB85AFD9813ED9F70";
    private static final Bytes HELLO = Resources.read("cosign/hello.txt");
    private static final Instant SIGNED = Instant.parse("2024-06-01T00:00:00Z");
    /** When all keys have expired. */
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static OpenPgpKeys keys(String file) {
        return OpenPgpKeys.read(Resources.read("openpgp/" + file), file);
    }

    private static OpenPgpVerifier verifier(String pinned) {
        return new OpenPgpVerifier(keys("release.asc").and(keys("other.asc")), Set.of(Fingerprint
                .parse(pinned)));
    }

    private static OpenPgpProof verify(String pinned, String signature) {
        return verifier(pinned).verify(Content.of(HELLO), Resources.read("openpgp/" + signature),
                NOW, "hello.txt");
    }

    @ParameterizedTest
    @CsvSource({RELEASE + ",hello.primary.sig," + RELEASE, RELEASE + ",hello.subkey.asc," + SUBKEY,
            SUBKEY + ",hello.subkey.asc," + SUBKEY, RELEASE + ",hello.both.asc," + SUBKEY,
            OTHER + ",hello.both.asc," + OTHER})
    void believesPinnedKeysAndTheirSubkeys(String pinned, String signature, String signer) {
        OpenPgpProof proof = verify(pinned, signature);
        assertThat(proof.signer()).isEqualTo(Fingerprint.parse(signer));
        assertThat(proof.signedAt()).isEqualTo(SIGNED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            OTHER + "|hello.subkey.asc|by " + RELEASE + ", which is not pinned",
            SUBKEY + "|hello.primary.sig|by " + RELEASE + ", which is not pinned",
            OTHER + "|hello.sha1.asc|SHA-1 proves nothing any more",
            RELEASE + "|hello.text.asc|not over a file's bytes"})
    void saysWhyItDoesNotBelieve(String pinned, String signature, String cause) {
        assertThatThrownBy(() -> verify(pinned, signature))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageStartingWith("cannot trust hello.txt: expected a good OpenPGP signature"
                        + " by [" + pinned + "]")
                .hasMessageContaining(cause);
    }

    @Test
    void refusesOtherBytesAndUnknownKeys() {
        Bytes signature = Resources.read("openpgp/hello.primary.sig");
        assertThatThrownBy(() -> verifier(RELEASE).verify(Content.of(Bytes.ofUtf8(
                "hello, w0rld\n")),
                signature, NOW, "h")).hasMessageContaining("it is over other bytes");
        OpenPgpVerifier without = new OpenPgpVerifier(keys("other.asc"), Set.of(Fingerprint.parse(
                RELEASE)));
        assertThatThrownBy(() -> without.verify(Content.of(HELLO), signature, NOW, "h"))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("of which there is no key");
    }

    @Test
    void findsTheGoodOneWhenAKeyIsThereTwice() {
        OpenPgpVerifier twice = new OpenPgpVerifier(keys("release.asc").and(keys("release.gpg")),
                Set.of(Fingerprint.parse(RELEASE)));
        assertThat(twice.verify(Content.of(HELLO), Resources.read("openpgp/hello.both.asc"), NOW,
                "h").signer()).isEqualTo(Fingerprint.parse(SUBKEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello.signed.asc", "hello.clear.asc", "release.asc", "release.gpg"})
    void takesDetachedSignaturesOnly(String file) {
        assertThatThrownBy(() -> verify(RELEASE, file)).isInstanceOf(
                MalformedContentException.class);
    }

    @Test
    void believesATextWithItsSignatureAround() {
        String file = Resources.read("openpgp/hello.clear.asc").utf8();
        for (String same : List.of(file, file.replace("\n", "\r\n"), file.replace("hello, world",
                "hello, world \t"), file.replace("hello, world", "- hello, world"))) {
            Cleartext text = Cleartext.find(Bytes.ofUtf8(same), "f").orElseThrow();
            assertThat(text.text()).isEqualTo(HELLO);
            assertThat(verifier(RELEASE).verify(text, NOW, "f").primary()).isEqualTo(Fingerprint
                    .parse(RELEASE));
            assertThatThrownBy(() -> verifier(OTHER).verify(text, NOW, "f")).isInstanceOf(
                    UntrustedContentException.class);
        }
        Cleartext other = Cleartext.find(Bytes.ofUtf8(file.replace("world", "w0rld")), "f")
                .orElseThrow();
        assertThatThrownBy(() -> verifier(RELEASE).verify(other, NOW, "f")).isInstanceOf(
                UntrustedContentException.class)
                .hasMessageContaining("other bytes");
    }

    /** What is outside of the signature is not signed, and what only looks like such a file is none. */
    @Test
    void takesNothingThatIsAroundASignedText() {
        String file = Resources.read("openpgp/hello.clear.asc").utf8();
        assertThat(Cleartext.find(Bytes.ofUtf8("evil\n" + file), "f")).isEmpty();
        for (String hostile : List.of(file + "evil\n", file.replace("Hash: SHA256",
                "Hash: SHA256\nevil"), file.replace("hello, world", "-----BEGIN evil"), file
                        .substring(0, 90), file.replace("\n\nhello", "\nhello"))) {
            assertThatThrownBy(() -> Cleartext.find(Bytes.ofUtf8(hostile), "f")).as(hostile)
                    .isInstanceOf(MalformedContentException.class);
        }
    }

    /** Projects keep the keys of decades in one file. */
    @Test
    void oldKeysBesideThePinnedOneDoNoHarm() throws Exception {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(BigInteger.valueOf(65537), new SecureRandom(),
                1024, 80));
        PGPPublicKey old = new BcPGPKeyPair(PublicKeyPacket.VERSION_3,
                PublicKeyAlgorithmTags.RSA_GENERAL, generator.generateKeyPair(), Date.from(SIGNED))
                .getPublicKey();
        assertThat(old.getFingerprint()).hasSize(16);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PGPPublicKeyRing(List.of(old)).encode(out);
        OpenPgpKeys all = OpenPgpKeys.read(Bytes.of(out.toByteArray()), "old")
                .and(keys("release.asc"));
        assertThat(new OpenPgpVerifier(all, Set.of(Fingerprint.parse(RELEASE))).verify(Content.of(
                HELLO), Resources.read("openpgp/hello.primary.sig"), NOW, "h").primary())
                .isEqualTo(Fingerprint.parse(RELEASE));
    }

    @Test
    void readsRealKeysWithAndWithoutArmour() {
        assertThat(keys("protobuf-release.asc").primaryFingerprints()).containsExactly(Fingerprint
                .parse("1A55 F091 AD28 C07F 831F  A44D 7905 DE25 C78A D456"));
        assertThat(keys("release.gpg").primaryFingerprints()).isEqualTo(keys("release.asc")
                .primaryFingerprints());
        Bytes two = Bytes.ofUtf8(Resources.read("openpgp/release.asc").utf8() + "\n# other\n"
                + Resources.read("openpgp/other.asc").utf8());
        assertThat(OpenPgpKeys.read(two, "two").primaryFingerprints()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"release.secret.asc", "hello.both.asc", "hello.primary.sig"})
    void takesPublicKeysOnly(String file) {
        assertThatThrownBy(() -> keys(file)).isInstanceOf(MalformedContentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "924D9D7436719543", "36719543", "xyz"})
    void takesWholeFingerprintsOnly(String text) {
        assertThatThrownBy(() -> Fingerprint.parse(text)).isInstanceOf(
                MalformedContentException.class).hasMessageContaining("40 or 64");
        assertThat(Fingerprint.parse("0x" + RELEASE.toLowerCase(Locale.ROOT)).hex())
                .isEqualTo(RELEASE);
    }

    @Test
    void neverBelievesDamagedContentOrAnotherSigner() {
        Bytes signature = Resources.read("openpgp/hello.primary.sig");
        Mutations.neverBelieved(HELLO, 100, damaged -> verifier(RELEASE).verify(Content.of(damaged),
                signature, NOW, "h"));
        OpenPgpProof proof = verify(RELEASE, "hello.primary.sig");
        Mutations.believedOnly(signature, 1000, damaged -> verifier(RELEASE).verify(Content.of(
                HELLO), damaged, NOW, "h"), proof);
        Bytes armoured = Resources.read("openpgp/hello.subkey.asc");
        Mutations.believedOnly(armoured, 1000, damaged -> verifier(RELEASE).verify(Content.of(
                HELLO), damaged, NOW, "h"), verify(RELEASE, "hello.subkey.asc"));
    }

    @Test
    void survivesDamagedKeysAndNoise() {
        Mutations.believedOnly(Resources.read("openpgp/release.gpg"), 500,
                damaged -> new OpenPgpVerifier(
                        OpenPgpKeys.read(damaged, "k"), Set.of(Fingerprint.parse(RELEASE))).verify(
                                Content
                                        .of(HELLO), Resources.read("openpgp/hello.subkey.asc"), NOW,
                                "h"), verify(
                                        RELEASE, "hello.subkey.asc"));
        for (int seed = 0; seed < 200; seed++) {
            byte[] noise = new byte[200];
            new Random(seed).nextBytes(noise);
            noise[0] |= (byte) 0x80;
            assertThatThrownBy(() -> verifier(RELEASE).verify(Content.of(HELLO), Bytes.of(noise),
                    NOW, "h")).isInstanceOfAny(MalformedContentException.class,
                            UntrustedContentException.class);
        }
        assertThatThrownBy(() -> OpenPgpKeys.read(Bytes.of(new byte[5 << 20]), "large"))
                .isInstanceOf(MalformedContentException.class);
    }
}
