package dev.chandlery.trust.sign;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.trust.bundle.SigstoreBundle;
import dev.chandlery.trust.bundle.SigstoreBundle.Certificates;
import dev.chandlery.trust.bundle.SigstoreBundle.EnvelopeSigned;
import dev.chandlery.trust.bundle.SigstoreBundle.KeyHint;
import dev.chandlery.trust.bundle.SigstoreBundle.MessageSigned;
import dev.chandlery.trust.key.VerificationKey;
import dev.chandlery.trust.statement.Envelope;
import java.util.List;

/**
 * Checks sigstore bundles by key. Log entries and time stamps in them are not looked at: the key is trusted
 * whenever it signed. Immutable, thread-safe.
 */
public final class BundleVerifier {
    private final List<VerificationKey> keys;

    /**
     * Any of the keys may have signed.
     *
     * @throws IllegalArgumentException without a key
     */
    public BundleVerifier(List<VerificationKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key to check signatures with");
        }
        this.keys = List.copyOf(keys);
    }

    /**
     * Requires a bundle over a statement about this subject by one of the keys.
     *
     * @param what for messages, such as where the bundle was found
     * @throws UntrustedContentException when signature or subject is another
     * @throws MalformedContentException when it is no bundle over a statement
     */
    public SignedStatement verify(Bytes bundle, Digest subject, String what) {
        return verify(SigstoreBundle.parse(bundle, what), subject, what);
    }

    /** As {@link #verify(Bytes, Digest, String)}, of a bundle that was read. */
    public SignedStatement verify(SigstoreBundle bundle, Digest subject, String what) {
        requireKeyHint(bundle, what);
        Envelope envelope = switch (bundle.content()) {
            case EnvelopeSigned(Envelope signed) -> signed;
            case MessageSigned _ -> throw new UntrustedContentException("cannot trust " + what
                    + ": expected a signed statement, got a signature over bytes");
        };
        Bytes signed = envelope.preAuthenticationEncoding();
        for (VerificationKey key : keys) {
            boolean good = envelope.signatures()
                    .stream()
                    .anyMatch(each -> key.verifies(signed, each.signature()));
            if (good) {
                SignedStatement statement = new SignedStatement(envelope.statement(what), key);
                statement.statement().requireSubject(subject, what);
                return statement;
            }
        }
        throw notSigned(what);
    }

    /**
     * Requires a bundle that signs these very bytes by one of the keys, and returns that key. Reads the
     * content once for each key, or twice.
     *
     * @throws UntrustedContentException when the signature is another's, or of other bytes
     * @throws MalformedContentException when it is no bundle
     */
    public VerificationKey verifyMessage(Bytes bundle, Content message, String what) {
        SigstoreBundle read = SigstoreBundle.parse(bundle, what);
        requireKeyHint(read, what);
        Bytes signature = switch (read.content()) {
            case MessageSigned(Bytes bytes, _) -> bytes;
            case EnvelopeSigned _ -> throw new UntrustedContentException("cannot trust " + what
                    + ": expected a signature over bytes, got a signed statement");
        };
        return keys.stream()
                .filter(key -> key.verifies(message, signature))
                .findFirst()
                .orElseThrow(() -> notSigned(what));
    }

    private void requireKeyHint(SigstoreBundle bundle, String what) {
        switch (bundle.signer()) {
            case KeyHint _ -> {
                // Which key it was is found by trying; the hint proves nothing.
            }
            case Certificates _ -> throw new UntrustedContentException("cannot trust " + what
                    + ": expected a signature by key " + keys + ", got one by certificate");
        }
    }

    private UntrustedContentException notSigned(String what) {
        return new UntrustedContentException("cannot trust " + what
                + ": no signature in it is good by key " + keys);
    }
}
