package dev.chandlery.trust.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.trust.Base64Text;
import dev.chandlery.trust.Mutations;
import dev.chandlery.trust.Resources;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationKeyTest {
    private static final Bytes MESSAGE = Bytes.ofUtf8("a message");

    private static VerificationKey read(String file) {
        return VerificationKey.read(Resources.read("keys/" + file), file);
    }

    @ParameterizedTest
    @CsvSource({"EC,256,SHA256withECDSA", "EC,384,SHA256withECDSA", "EC,384,SHA384withECDSA",
            "EC,521,SHA512withECDSA", "RSA,2048,SHA256withRSA", "Ed25519,0,Ed25519"})
    void checksSignaturesOfAllKinds(String kind, int bits, String algorithm) throws Exception {
        KeyPair pair = pair(kind, bits);
        VerificationKey key = VerificationKey.of(pair.getPublic(), "key");
        Bytes signature = sign(pair, algorithm);
        assertThat(key.verifies(MESSAGE, signature)).isTrue();
        assertThat(key.verifies(Content.of(MESSAGE), signature)).isTrue();
        assertThat(key.verifies(Bytes.ofUtf8("a massage"), signature)).isFalse();
        assertThat(VerificationKey.of(pair(kind, bits).getPublic(), "other")
                .verifies(MESSAGE,
                        signature)).isFalse();
        assertThat(VerificationKey.read(key.pem(), "pem")).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(VerificationKey.read(key.encoded(), "der")).isEqualTo(key);
    }

    @Test
    void checksWhatCosignSigned() {
        Bytes signature = Base64Text.decode(Resources.read("cosign/hello.sig").utf8(), "sig");
        assertThat(read("cosign.pub").verifies(Resources.read("cosign/hello.txt"), signature))
                .isTrue();
        assertThat(read("p256.pub").verifies(Resources.read("cosign/hello.txt"), signature))
                .isFalse();
    }

    @Test
    void givesTheHintThatCosignGives() {
        assertThat(Resources.read("cosign/hello.sigstore.json").utf8()).contains(
                "\"hint\":\"" + read("cosign.pub").hint() + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 70, 1000})
    void takesBrokenSignaturesAsNotGood(int size) {
        for (String file : new String[]{"p256.pub", "ed25519.pub", "rsa.pub", "p384.pub"}) {
            assertThat(read(file).verifies(MESSAGE, Bytes.of(new byte[size]))).isFalse();
        }
    }

    @Test
    void refusesWeakAndOtherKeys() throws Exception {
        assertThatThrownBy(() -> read("rsa1024.pub")).isInstanceOf(MalformedContentException.class)
                .hasMessage("cannot read rsa1024.pub: expected an RSA key of 2048 to 8192 bits,"
                        + " got 1024");
        assertThatThrownBy(() -> read("p256.pem")).hasMessage(
                "cannot read p256.pem: expected one block PUBLIC KEY, got [PRIVATE KEY]");
        KeyPair dsa = pair("X25519", 0);
        assertThatThrownBy(() -> VerificationKey.of(dsa.getPublic(), "x")).isInstanceOf(
                MalformedContentException.class);
    }

    @Test
    void survivesDamage() {
        for (String file : new String[]{"p256.pub", "ed25519.pub", "rsa.pub"}) {
            Mutations.believedOnly(Resources.read("keys/" + file), 300, damaged -> {
                VerificationKey.read(damaged, "damaged").verifies(MESSAGE, MESSAGE);
                return "a key";
            }, "a key");
        }
    }

    @Test
    void refusesLargeFiles() {
        assertThatThrownBy(() -> VerificationKey.read(Bytes.of(new byte[70_000]), "large"))
                .isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("at most");
    }

    private static KeyPair pair(String kind, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (bits > 0) {
            generator.initialize(bits);
        }
        return generator.generateKeyPair();
    }

    private static Bytes sign(KeyPair pair, String algorithm) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
        signature.update(MESSAGE.toArray());
        return Bytes.of(signature.sign());
    }
}
