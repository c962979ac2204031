package dev.chandlery.trust.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
    private static final Digest DIGEST = Bytes.ofUtf8("an asset").digest();
    private static final Digest OTHER = Bytes.ofUtf8("another").digest();
    private static final Statement STATEMENT = new Statement(List.of(Subject.of("asset", DIGEST)),
            "https://example.com/predicate", Bytes.ofUtf8("{\"a\":{\"b\":[1,2]}}"));

    @Test
    void readsWhatItWrites() {
        assertThat(STATEMENT.toJson().utf8()).isEqualTo(
                "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"asset\","
                        + "\"digest\":{\"sha256\":\"" + DIGEST.encoded()
                        + "\"}}],\"predicateType\":\"https://example.com/predicate\","
                        + "\"predicate\":{\"a\":{\"b\":[1,2]}}}");
        assertThat(Statement.parse(STATEMENT.toJson(), "s")).isEqualTo(STATEMENT);
    }

    @Test
    void readsTheOldVersion() {
        Bytes old = Bytes.ofUtf8(STATEMENT.toJson().utf8().replace("/v1", "/v0.1"));
        assertThat(Statement.parse(old, "s")).isEqualTo(STATEMENT);
    }

    @Test
    void findsSubjectsByDigestAndName() {
        assertThat(STATEMENT.requireSubject(DIGEST, "s").name()).isEqualTo("asset");
        assertThat(STATEMENT.requireSubject(DIGEST, "asset", "s").name()).isEqualTo("asset");
        assertThatThrownBy(() -> STATEMENT.requireSubject(OTHER, "s"))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("expected a statement about " + OTHER)
                .hasMessageContaining(DIGEST.encoded());
        assertThatThrownBy(() -> STATEMENT.requireSubject(DIGEST, "other", "s"))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("expected a statement about other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"_type\":\"x\"}", "{\"_type\":1}",
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[],\"predicateType\":\"p\"}",
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[1],\"predicateType\":\"p\"}",
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{}]}",
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"_type\":\"x\"}"})
    void refusesWhatIsNoStatement(String json) {
        assertThatThrownBy(() -> Statement.parse(Bytes.ofUtf8(json), "s")).isInstanceOf(
                MalformedContentException.class);
    }

    /** The example of the specification, and lengths in bytes. */
    @Test
    void encodesBeforeAuthentication() {
        Envelope example = new Envelope("http://example.com/HelloWorld", Bytes.ofUtf8(
                "hello world"), List.of());
        assertThat(example.preAuthenticationEncoding().utf8()).isEqualTo(
                "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
        assertThat(new Envelope("t", Bytes.ofUtf8("\u00e9"), List.of()).preAuthenticationEncoding()
                .utf8()).isEqualTo("DSSEv1 1 t 2 \u00e9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"payload\":\"e30=\",\"payloadType\":\"t\"}",
            "{\"payload\":\"e30=\",\"payloadType\":\"t\",\"signatures\":[]}",
            "{\"payload\":\"!\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"AA==\"}]}",
            "{\"payload\":\"e30=\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":1}]}"})
    void refusesWhatIsNoEnvelope(String json) {
        assertThatThrownBy(() -> Envelope.parse(Bytes.ofUtf8(json), "e")).isInstanceOf(
                MalformedContentException.class);
    }

    @Test
    void refusesPayloadsOfOtherTypes() {
        Envelope envelope = new Envelope("text/plain", STATEMENT.toJson(), List.of());
        assertThatThrownBy(() -> envelope.statement("e")).isInstanceOf(
                UntrustedContentException.class).hasMessageContaining("text/plain");
    }
}
