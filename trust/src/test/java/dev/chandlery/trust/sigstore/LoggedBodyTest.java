package dev.chandlery.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.trust.Base64Text;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of the second version of the log, of which there is no sample at hand. */
class LoggedBodyTest {
    private static final String HASHED_NAME = "hashedrekord";
    private static final String DSSE_NAME = "dsse";
    private static final Digest DIGEST = Bytes.ofUtf8("content").digest();
    private static final Bytes SIGNATURE = Bytes.ofUtf8("signature");
    private static final Bytes CERTIFICATE = Bytes.ofUtf8("certificate");
    private static final String SIGNED = """
            {"content":"%s","verifier":{"keyDetails":"PKIX_ECDSA_P256_SHA_256",\
            "x509Certificate":{"rawBytes":"%s"}}}"""
            .formatted(Base64Text.encode(SIGNATURE), Base64Text.encode(CERTIFICATE));
    private static final String HASH = "{\"algorithm\":\"SHA2_256\",\"digest\":\"" + Base64Text
            .encode(Bytes.of(HexFormat.of().parseHex(DIGEST.encoded()))) + "\"}";
    private static final String HASHED = "{\"apiVersion\":\"0.0.2\",\"kind\":\"hashedrekord\","
            + "\"spec\":{\"hashedRekordV002\":{\"data\":" + HASH + ",\"signature\":" + SIGNED
            + "}}}";
    private static final String DSSE = "{\"apiVersion\":\"0.0.2\",\"kind\":\"dsse\",\"spec\":"
            + "{\"dsseV002\":{\"payloadHash\":" + HASH + ",\"signatures\":[" + SIGNED + "]}}}";

    private static LoggedBody parse(String json) {
        return LoggedBody.parse(Bytes.ofUtf8(json), "asset");
    }

    @ParameterizedTest
    @ValueSource(strings = {HASHED_NAME, DSSE_NAME})
    void readsTheSecondVersion(String name) {
        LoggedBody body = parse(name.equals(DSSE_NAME) ? DSSE : HASHED);
        assertThat(body).isEqualTo(new LoggedBody(DIGEST.encoded(), SIGNATURE, CERTIFICATE));
        assertThatCode(() -> body.require(DIGEST, SIGNATURE, CERTIFICATE, "asset"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> body.require(SIGNATURE.digest(), SIGNATURE, CERTIFICATE, "asset"))
                .isInstanceOf(UntrustedContentException.class);
        assertThatThrownBy(() -> body.require(DIGEST, CERTIFICATE, CERTIFICATE, "asset"))
                .isInstanceOf(UntrustedContentException.class);
        assertThatThrownBy(() -> body.require(DIGEST, SIGNATURE, SIGNATURE, "asset")).isInstanceOf(
                UntrustedContentException.class).hasMessageContaining("something else");
    }

    @Test
    void refusesKindsThatItDoesNotKnow() {
        assertThatThrownBy(() -> parse(DSSE.replace("0.0.2", "0.0.3"))).isInstanceOf(
                UntrustedContentException.class).hasMessageContaining("\"dsse 0.0.3\"");
        assertThatThrownBy(() -> parse(DSSE.replace("SHA2_256\",\"digest", "SHA2_512\",\"digest")))
                .isInstanceOf(MalformedContentException.class);
        assertThatThrownBy(() -> parse(DSSE.replace("[" + SIGNED, "[" + SIGNED + "," + SIGNED)))
                .isInstanceOf(MalformedContentException.class);
    }
}
