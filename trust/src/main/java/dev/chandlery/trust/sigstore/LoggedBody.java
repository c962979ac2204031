package dev.chandlery.trust.sigstore;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.trust.Base64Text;
import dev.chandlery.trust.JsonDocument;
import dev.chandlery.trust.key.PemBlock;
import java.util.HexFormat;
import java.util.List;

/**
 * What a log entry is about. An entry proves when something was signed only if it is about these bytes, this
 * signature and this certificate; any other entry of the log would do otherwise.
 *
 * <p><b>Spec:</b> github.com/sigstore/rekor, pkg/types: hashedrekord 0.0.1 and 0.0.2, dsse 0.0.1 and 0.0.2,
 * intoto 0.0.2.
 *
 * @param sha256 of the bytes or payload, hexadecimal
 * @param signature decoded
 * @param verifier certificate in DER
 */
record LoggedBody(String sha256, Bytes signature, Bytes verifier) {

    static LoggedBody parse(Bytes json, String what) {
        Fields body = JsonDocument.read(json, "log entry of " + what);
        Fields spec = object(body, "spec");
        String type = body.requireText("kind") + " " + body.requireText("apiVersion");
        return switch (type) {
            case "hashedrekord 0.0.1" -> hashed(spec);
            case "dsse 0.0.1" -> dsse(spec);
            case "intoto 0.0.2" -> intoto(object(spec, "content"));
            case "hashedrekord 0.0.2" -> {
                Fields record = object(spec, "hashedRekordV002");
                yield second(object(record, "data"), object(record, "signature"));
            }
            case "dsse 0.0.2" -> {
                Fields record = object(spec, "dsseV002");
                yield second(object(record, "payloadHash"), one(record));
            }
            default -> throw new UntrustedContentException("cannot trust " + what
                    + ": its log entry is of a kind that is not known here, \"" + type + "\"");
        };
    }

    /** @throws UntrustedContentException when it is about anything else */
    void require(Digest signed, Bytes signedWith, Bytes certificate, String what) {
        if (!sha256.equals(signed.encoded()) || !signature.equals(signedWith)
                || !verifier.equals(certificate)) {
            throw new UntrustedContentException("cannot trust " + what
                    + ": its log entry is about something else");
        }
    }

    private static LoggedBody hashed(Fields spec) {
        Fields hash = object(object(spec, "data"), "hash");
        Fields signature = object(spec, "signature");
        return new LoggedBody(sha256(hash), decode(signature, "content"), certificate(object(
                signature, "publicKey"), "content"));
    }

    private static LoggedBody dsse(Fields spec) {
        Fields signature = one(spec);
        return new LoggedBody(sha256(object(spec, "payloadHash")), decode(signature, "signature"),
                certificate(signature, "verifier"));
    }

    /** Its signature is encoded twice. */
    private static LoggedBody intoto(Fields content) {
        Fields signature = one(object(content, "envelope"));
        Bytes once = decode(signature, "sig");
        return new LoggedBody(sha256(object(content, "payloadHash")), Base64Text.decode(once
                .utf8(), signature.path() + ".sig"), certificate(signature, "publicKey"));
    }

    private static LoggedBody second(Fields hash, Fields signature) {
        if (!hash.requireText("algorithm").equals("SHA2_256")) {
            throw hash.unexpected("algorithm", "SHA2_256");
        }
        Fields verifier = object(object(signature, "verifier"), "x509Certificate");
        String sha256 = HexFormat.of().formatHex(decode(hash, "digest").toArray());
        return new LoggedBody(sha256, decode(signature, "content"), decode(verifier, "rawBytes"));
    }

    private static String sha256(Fields hash) {
        if (!hash.requireText("algorithm").equals("sha256")) {
            throw hash.unexpected("algorithm", "sha256");
        }
        return hash.requireText("value");
    }

    private static Bytes certificate(Fields fields, String name) {
        List<PemBlock> blocks = PemBlock.parse(decode(fields, name), fields.path());
        if (blocks.size() != 1 || !blocks.getFirst().label().equals("CERTIFICATE")) {
            throw fields.unexpected(name, "one certificate");
        }
        return blocks.getFirst().content();
    }

    private static Fields one(Fields fields) {
        List<Fields> signatures = fields.objects("signatures");
        if (signatures.size() != 1) {
            throw fields.unexpected("signatures", "one");
        }
        return signatures.getFirst();
    }

    private static Bytes decode(Fields fields, String name) {
        return Base64Text.decode(fields.requireText(name), fields.path() + "." + name);
    }

    private static Fields object(Fields fields, String name) {
        return fields.object(name).orElseThrow(() -> fields.unexpected(name, "an object"));
    }
}
