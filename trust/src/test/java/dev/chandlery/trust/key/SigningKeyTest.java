package dev.chandlery.trust.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.trust.Mutations;
import dev.chandlery.trust.Resources;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
    private static final Bytes MESSAGE = Bytes.ofUtf8("hello, world\n");
    private static final Password PASSWORD = Password.of("open-sesame");

    private static SigningKey read(String file) {
        return SigningKey.read(Resources.read("keys/" + file), PASSWORD, file);
    }

    @ParameterizedTest
    @CsvSource({"p256.pem,p256.pub", "p256.sec1.pem,p256.pub", "ed25519.pem,ed25519.pub",
            "cosign.key,cosign.pub"})
    void readsKeysOfOpensslAndCosign(String secret, String open) {
        SigningKey key = read(secret);
        VerificationKey expected = VerificationKey.read(Resources.read("keys/" + open), open);
        assertThat(key.publicKey()).isEqualTo(expected);
        assertThat(expected.verifies(MESSAGE, key.sign(MESSAGE))).isTrue();
        assertThat(key.sign(MESSAGE)).isEqualTo(read(secret).sign(MESSAGE));
    }

    @Test
    void passesOverParametersBeforeTheKey() {
        assertThat(read("p256.params.pem").publicKey()
                .verifies(MESSAGE, read("p256.params.pem")
                        .sign(MESSAGE))).isTrue();
    }

    /** RFC 6979, A.2.5. */
    @Test
    void takesNoncesOfTheStandard() throws Exception {
        SigningKey key = new EcdsaKey(new BigInteger(
                "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16));
        BigInteger order = CustomNamedCurves.getByName("secp256r1").getN();
        BigInteger[] pair = StandardDSAEncoding.INSTANCE.decode(order, key.sign(Bytes.ofUtf8(
                "sample")).toArray());
        assertThat(pair).containsExactly(
                new BigInteger("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
                        16),
                new BigInteger("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
                        16));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "rsa.pem|expected a key for ECDSA on P-256 or Ed25519",
            "p384.pem|expected a key for ECDSA on P-256 or Ed25519",
            "p256.pub|expected PRIVATE KEY",
            "p256.encrypted.pem|encrypted PKCS #8 is not supported"})
    void saysWhatItExpects(String file, String cause) {
        assertThatThrownBy(() -> read(file)).isInstanceOf(MalformedContentException.class)
                .hasMessageStartingWith("cannot read private key " + file + ": ")
                .hasMessageContaining(cause);
    }

    @Test
    void refusesAnotherPassword() {
        Bytes file = Resources.read("keys/cosign.key");
        assertThatThrownBy(() -> SigningKey.read(file, Password.of("guess"), "k"))
                .isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("the password is wrong")
                .hasMessageNotContaining("guess");
        assertThatThrownBy(() -> SigningKey.read(file, Password.none(), "k"))
                .hasMessageContaining("the password is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\n!secret!\n-----END PRIVATE KEY-----",
            "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----",
            "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\ne30=\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----"})
    void refusesGarbage(String text) {
        assertThatThrownBy(() -> SigningKey.read(Bytes.ofUtf8(text), PASSWORD, "garbage"))
                .isInstanceOf(MalformedContentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesCostsThatWouldTakeAllMemory() {
        String json = new String(PemBlock.parse(Resources.read("keys/cosign.key"), "k")
                .getFirst()
                .content()
                .toArray(), StandardCharsets.UTF_8);
        Bytes costly = new PemBlock("ENCRYPTED SIGSTORE PRIVATE KEY", Bytes.ofUtf8(json.replace(
                "65536", "1073741824"))).toPem();
        assertThatThrownBy(() -> SigningKey.read(costly, PASSWORD, "k"))
                .isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("out of bounds");
    }

    @Test
    void survivesDamage() {
        for (String file : new String[]{"p256.pem", "p256.sec1.pem", "ed25519.pem"}) {
            Mutations.believedOnly(Resources.read("keys/" + file), 300, damaged -> {
                SigningKey key = SigningKey.read(damaged, PASSWORD, "damaged");
                key.sign(MESSAGE);
                return "a key";
            }, "a key");
        }
    }

    @Test
    void showsNoSecret() {
        SigningKey key = read("p256.pem");
        assertThat(key.toString()).isEqualTo("(private key of " + key.publicKey() + ")");
        assertThat(PASSWORD.toString()).isEqualTo("(password)");
        assertThat(PemBlock.parse(Resources.read("keys/p256.pem"), "k").toString()).isEqualTo(
                "[PRIVATE KEY]");
        assertThat(HexFormat.of().formatHex(key.publicKey().encoded().toArray())).startsWith(
                "3059");
    }
}
