package dev.chandlery.trust.statement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.trust.Base64Text;
import dev.chandlery.trust.JsonDocument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A DSSE envelope: typed bytes and signatures over both.
 *
 * <p><b>Spec:</b> DSSE v1.0.2, protocol and envelope.
 *
 * @param payloadType media type or URI of the payload
 * @param payload what is signed, decoded
 * @param signatures by anybody, at least one; none is believed before it is checked
 */
public record Envelope(String payloadType, Bytes payload, List<Signature> signatures) {
    private static final int MAX_SIGNATURES = 16;

    /**
     * One signature.
     *
     * @param keyId a hint that proves nothing; may be empty
     * @param certificate PEM of a Fulcio certificate, as generators of SLSA provenance add it; may be empty
     * @param signature decoded
     */
    public record Signature(String keyId, String certificate, Bytes signature) {}

    public Envelope {
        signatures = List.copyOf(signatures);
    }

    /** What is to be signed, without a signature yet. */
    public static Envelope unsigned(Statement statement) {
        return new Envelope(Statement.PAYLOAD_TYPE, statement.toJson(), List.of());
    }

    public Envelope withSignature(String keyId, Bytes signature) {
        return new Envelope(payloadType, payload, List.of(new Signature(keyId, "", signature)));
    }

    /**
     * Reads the envelope's JSON.
     *
     * @throws MalformedContentException when it is no envelope
     */
    public static Envelope parse(Bytes json, String what) {
        return parse(JsonDocument.read(json, what));
    }

    /** As {@link #parse(Bytes, String)}, of an envelope inside of other JSON. */
    public static Envelope parse(Fields fields) {
        List<Signature> signatures = new ArrayList<>();
        for (Fields each : fields.objects("signatures")) {
            signatures.add(new Signature(each.text("keyid").orElse(""), each.text("cert")
                    .orElse(""), Base64Text.decode(each.requireText("sig"), each.path()
                            + ".sig")));
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw fields.unexpected("signatures", "a list of 1 to " + MAX_SIGNATURES);
        }
        Bytes payload = Base64Text.decode(fields.requireText("payload"), fields.path()
                + ".payload");
        return new Envelope(fields.requireText("payloadType"), payload, signatures);
    }

    /** The members of its JSON, in the order of the specification. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("payload", Base64Text.encode(payload))
                .put("payloadType", payloadType);
        ArrayNode list = json.putArray("signatures");
        for (Signature each : signatures) {
            ObjectNode node = list.addObject().put("sig", Base64Text.encode(each.signature()));
            if (!each.keyId().isEmpty()) {
                node.put("keyid", each.keyId());
            }
        }
        return json;
    }

    /** What is signed: the pre-authentication encoding of type and payload, lengths in bytes. */
    public Bytes preAuthenticationEncoding() {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.size() + type.length + 32);
        out.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(type);
        out.writeBytes((" " + payload.size() + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(payload.toArray());
        return Bytes.of(out.toByteArray());
    }

    /**
     * The statement inside; to be called when a signature was found good.
     *
     * @throws UntrustedContentException when the payload is of another type
     * @throws MalformedContentException when it is no statement
     */
    public Statement statement(String what) {
        if (!payloadType.equals(Statement.PAYLOAD_TYPE)) {
            throw new UntrustedContentException("cannot trust " + what + ": expected a payload of"
                    + " type " + Statement.PAYLOAD_TYPE + ", got \"" + payloadType + "\"");
        }
        return Statement.parse(payload, "statement of " + what);
    }
}
