package dev.chandlery.trust.key;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.trust.Base64Text;
import dev.chandlery.trust.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * A private key as cosign encrypts it: scrypt makes a key of the password, and NaCl's secretbox (XSalsa20
 * and Poly1305) hides PKCS #8 with it.
 *
 * <p><b>Spec:</b> github.com/secure-systems-lab/go-securesystemslib, encrypted; NaCl, crypto_secretbox.
 *
 * @param cost of scrypt
 * @param salt of scrypt
 * @param nonce of the box, 24 bytes
 * @param box tag of 16 bytes, and the hidden key
 */
record EncryptedKey(Cost cost, Bytes salt, Bytes nonce, Bytes box) {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 24;
    private static final int TAG_BYTES = 16;
    /** scrypt needs 128 * N * r bytes; cosign's own costs are 64 MiB. */
    private static final long MAX_MEMORY_BYTES = 256L << 20;
    private static final int MAX_PARALLEL = 4;

    /** Parameters of scrypt. */
    record Cost(long n, long r, long p) {

        boolean bounded() {
            boolean powerOfTwo = n > 1 && Long.bitCount(n) == 1;
            return powerOfTwo && r > 0 && r <= 64 && p > 0 && p <= MAX_PARALLEL
                    && n <= MAX_MEMORY_BYTES / 128 / r;
        }
    }

    static EncryptedKey parse(Bytes json, String what) {
        Fields file = JsonDocument.read(json, "private key " + what);
        Fields kdf = require(file, "kdf", "name", "scrypt");
        Fields params = kdf.object("params")
                .orElseThrow(() -> kdf.unexpected("params",
                        "an object"));
        Cost cost = new Cost(params.requireSize("N"), params.requireSize("r"), params.requireSize(
                "p"));
        Fields cipher = require(file, "cipher", "name", "nacl/secretbox");
        Bytes nonce = decode(cipher, "nonce");
        Bytes box = decode(file, "ciphertext");
        if (!cost.bounded() || nonce.size() != NONCE_BYTES || box.size() <= TAG_BYTES) {
            throw new MalformedContentException("cannot read private key " + what
                    + ": costs, nonce or ciphertext are out of bounds");
        }
        return new EncryptedKey(cost, decode(kdf, "salt"), nonce, box);
    }

    /**
     * The PKCS #8 inside.
     *
     * @throws MalformedContentException when the password is another
     */
    Bytes open(Password password, String what) {
        byte[] key = SCrypt.generate(password.reveal().getBytes(StandardCharsets.UTF_8), salt
                .toArray(), (int) cost.n, (int) cost.r, (int) cost.p, KEY_BYTES);
        XSalsa20Engine stream = new XSalsa20Engine();
        stream.init(false, new ParametersWithIV(new KeyParameter(key), nonce.toArray()));
        byte[] macKey = new byte[KEY_BYTES];
        stream.processBytes(macKey, 0, KEY_BYTES, macKey, 0);
        byte[] boxed = box.toArray();
        byte[] hidden = Arrays.copyOfRange(boxed, TAG_BYTES, boxed.length);
        if (!MessageDigest.isEqual(tag(macKey, hidden), Arrays.copyOf(boxed, TAG_BYTES))) {
            throw new MalformedContentException("cannot open private key " + what
                    + ": the password is wrong, or the file is damaged");
        }
        byte[] plain = new byte[hidden.length];
        stream.processBytes(hidden, 0, hidden.length, plain, 0);
        return Bytes.of(plain);
    }

    private static byte[] tag(byte[] key, byte[] message) {
        Poly1305 mac = new Poly1305();
        mac.init(new KeyParameter(key));
        mac.update(message, 0, message.length);
        byte[] tag = new byte[TAG_BYTES];
        mac.doFinal(tag, 0);
        return tag;
    }

    private static Fields require(Fields file, String member, String name, String value) {
        Fields object = file.object(member)
                .orElseThrow(() -> file.unexpected(member,
                        "an object"));
        if (!object.requireText(name).equals(value)) {
            throw object.unexpected(name, "\"" + value + "\"");
        }
        return object;
    }

    private static Bytes decode(Fields fields, String name) {
        return Base64Text.decode(fields.requireText(name), fields.path() + "." + name);
    }

    @Override
    public String toString() {
        return "(encrypted private key)";
    }
}
