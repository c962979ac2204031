package dev.chandlery.trust.minisign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.trust.Mutations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the vectors that implementations of minisign are tested with. */
class MinisignTest {
    private static final Bytes CONTENT = Bytes.ofUtf8("test");
    private static final String LINE = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    private static final MinisignKey KEY = MinisignKey.parse(LINE, "key");
    private static final String LEGACY = """
            untrusted comment: signature from minisign secret key
            RWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351vwIasSSbXxwA=
            trusted comment: timestamp:1555779966\tfile:test
            QtKMXWyYcwdpZAlPF7tE2ENJkRd1ujvKjlj1m9RtHTBnZPa5WKU5uWRs5GoP5M/VqE81QFuMKI5k/SfNQUaOAA==
            """;
    private static final String PREHASHED = """
            untrusted comment: signature from minisign secret key
            RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
            trusted comment: timestamp:1556193335\tfile:test
            y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==
            """;

    private static MinisignProof verify(String signature) {
        return KEY.verify(Content.of(CONTENT), Bytes.ofUtf8(signature), "test.txt");
    }

    @Test
    void believesBothForms() {
        assertThat(verify(LEGACY)).isEqualTo(new MinisignProof("E7620F1842B4E81F",
                "timestamp:1555779966\tfile:test"));
        assertThat(verify(PREHASHED).trustedComment()).isEqualTo("timestamp:1556193335\tfile:test");
        assertThat(verify(PREHASHED.replace("\n", "\r\n"))).isEqualTo(verify(PREHASHED));
    }

    @Test
    void readsKeysAsLineAndAsFile() {
        assertThat(MinisignKey.parse("untrusted comment: minisign public key E7620F1842B4E81F\n"
                + LINE + "\n", "file")).isEqualTo(KEY).hasToString("E7620F1842B4E81F");
        assertThat(MinisignKey.parse("RWQ/i9xseZwBVE7pEniCNjlNOeeyp4BQgdZDLQcAohxEAH5Uj5DEKjv6",
                "buf").keyId()).isEqualTo("54019C796CDC8B3F");
    }

    @Test
    void refusesOtherBytes() {
        for (String signature : new String[]{LEGACY, PREHASHED}) {
            assertThatThrownBy(() -> KEY.verify(Content.of(Bytes.ofUtf8("tesT")), Bytes.ofUtf8(
                    signature), "test.txt")).isInstanceOf(UntrustedContentException.class)
                    .hasMessage("cannot trust test.txt: expected a good minisign signature"
                            + " by key E7620F1842B4E81F, got one over other bytes");
        }
    }

    @Test
    void refusesOtherKeys() {
        MinisignKey other = MinisignKey.parse(
                "RWQ/i9xseZwBVE7pEniCNjlNOeeyp4BQgdZDLQcAohxEAH5Uj5DEKjv6", "buf");
        assertThatThrownBy(() -> other.verify(Content.of(CONTENT), Bytes.ofUtf8(LEGACY), "t"))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("by key 54019C796CDC8B3F, got one by E7620F1842B4E81F");
        MinisignKey sameId = new MinisignKey(KEY.keyId(), other.key());
        assertThatThrownBy(() -> sameId.verify(Content.of(CONTENT), Bytes.ofUtf8(LEGACY), "t"))
                .isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void refusesAnotherTrustedComment() {
        assertThatThrownBy(() -> verify(LEGACY.replace("file:test", "file:evil"))).isInstanceOf(
                UntrustedContentException.class).hasMessageContaining("trusted comment");
        String swapped = String.join("\n", LEGACY.lines().limit(2).toList()) + "\n" + String.join(
                "\n", PREHASHED.lines().skip(2).toList()) + "\n";
        assertThatThrownBy(() -> verify(swapped)).isInstanceOf(UntrustedContentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb\nc\nd\n",
            "untrusted comment: x\nAAAA\ntrusted comment: y\nAAAA\n",
            "untrusted comment: x\n!\ntrusted comment: y\n!\n"})
    void refusesWhatIsNoSignature(String text) {
        assertThatThrownBy(() -> verify(text)).isInstanceOf(MalformedContentException.class);
    }

    @Test
    void refusesMoreThanOneSignatureAndHiddenText() {
        assertThatThrownBy(() -> verify(LEGACY + LEGACY)).isInstanceOf(
                MalformedContentException.class);
        assertThatThrownBy(() -> verify(LEGACY.replace("file:test", "\u001b[2Kfile:test")))
                .isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("control characters");
        assertThatThrownBy(() -> verify("x".repeat(20_000))).isInstanceOf(
                MalformedContentException.class).hasMessageContaining("at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RWQ", "AAAA", "a\nb", "not base64!"})
    void refusesWhatIsNoKey(String text) {
        assertThatThrownBy(() -> MinisignKey.parse(text, "key")).isInstanceOf(
                MalformedContentException.class);
    }

    /** The untrusted comment is the one thing that nobody signs. */
    @Test
    void neverBelievesDamagedSignatures() {
        for (String signature : new String[]{LEGACY, PREHASHED}) {
            Mutations.believedOnly(Bytes.ofUtf8(signature), 1000, damaged -> KEY.verify(Content.of(
                    CONTENT), damaged, "t"), verify(signature));
            Mutations.neverBelieved(CONTENT, 50, damaged -> KEY.verify(Content.of(damaged), Bytes
                    .ofUtf8(signature), "t"));
        }
    }
}
