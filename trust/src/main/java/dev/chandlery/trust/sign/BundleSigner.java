package dev.chandlery.trust.sign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.json.StrictJson;
import dev.chandlery.trust.Base64Text;
import dev.chandlery.trust.bundle.SigstoreBundle;
import dev.chandlery.trust.key.SigningKey;
import dev.chandlery.trust.statement.Envelope;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes sigstore bundles by key, as {@code cosign sign --key} does without transparency log. Immutable,
 * thread-safe.
 *
 * <p>{@code cosign verify --key} finds a bundle as a referrer of the signed manifest: {@code artifactType}
 * and the one layer's media type are {@link #MEDIA_TYPE}, the config is the empty descriptor, and the
 * manifest has the annotations {@link #CONTENT_ANNOTATION} = {@link #CONTENT_ENVELOPE} and {@link
 * #PREDICATE_ANNOTATION} = the predicate's type.
 *
 * <p><b>Spec:</b> github.com/sigstore/cosign, specs/BUNDLE_SPEC.md; sigstore_bundle.proto.
 */
public final class BundleSigner {
    /** Of a bundle, and artifactType of the referrer that holds it. */
    public static final String MEDIA_TYPE = SigstoreBundle.V03;
    /** Predicate type of a plain signature of an artifact by cosign 3. */
    public static final String SIGNATURE_PREDICATE = "https://sigstore.dev/cosign/sign/v1";
    /** Of the referrer's manifest: what kind of bundle it is. */
    public static final String CONTENT_ANNOTATION = "dev.sigstore.bundle.content";
    public static final String CONTENT_ENVELOPE = "dsse-envelope";
    /** Of the referrer's manifest: what the statement inside is. */
    public static final String PREDICATE_ANNOTATION = "dev.sigstore.bundle.predicateType";

    private final SigningKey key;

    public BundleSigner(SigningKey key) {
        this.key = key;
    }

    /** A bundle over a DSSE envelope of the statement; the same bytes for the same statement. */
    public Bytes sign(Statement statement) {
        Envelope envelope = Envelope.unsigned(statement);
        Bytes signature = key.sign(envelope.preAuthenticationEncoding());
        ObjectNode json = bundle();
        json.set("dsseEnvelope", envelope.withSignature("", signature).toJson());
        return StrictJson.write(json);
    }

    /** A bundle over the very bytes, as {@code cosign sign-blob --bundle} writes it. */
    public Bytes signMessage(Bytes message) {
        ObjectNode json = bundle();
        ObjectNode signed = json.putObject("messageSignature");
        byte[] digest = HexFormat.of().parseHex(message.digest(Algorithm.SHA256).encoded());
        signed.putObject("messageDigest")
                .put("algorithm", "SHA2_256")
                .put("digest", Base64Text
                        .encode(Bytes.of(digest)));
        signed.put("signature", Base64Text.encode(key.sign(message)));
        return StrictJson.write(json);
    }

    /** The statement that {@code cosign sign} makes of an artifact's manifest. */
    public static Statement signatureOf(Digest manifest) {
        return new Statement(List.of(Subject.of("", manifest)), SIGNATURE_PREDICATE, Bytes.ofUtf8(
                "{}"));
    }

    private ObjectNode bundle() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("mediaType", MEDIA_TYPE);
        json.putObject("verificationMaterial")
                .putObject("publicKey")
                .put("hint", key.publicKey()
                        .hint());
        return json;
    }
}
