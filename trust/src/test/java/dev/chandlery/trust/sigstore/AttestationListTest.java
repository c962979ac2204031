package dev.chandlery.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttestationListTest {

    private static AttestationList parse(String json) {
        return AttestationList.parse(Bytes.ofUtf8(json), "list");
    }

    @Test
    void readsAnswersOfGithub() {
        AttestationList list = parse("""
                {"attestations": [{"bundle": {"mediaType": "m"}, "repository_id": 1},
                {"bundle": null, "bundle_url": "https://example.com/b"}]}""");
        assertThat(list.bundles()).containsExactly(Bytes.ofUtf8("{\"mediaType\":\"m\"}"));
        assertThat(list.bundleUrls()).containsExactly("https://example.com/b");
        assertThat(parse("{\"attestations\":[]}").bundles()).isEmpty();
    }

    @Test
    void readsLinesAndSingleBundles() {
        assertThat(parse("{\"a\":1}\n\n{\"b\":2}\r\n").bundles()).containsExactly(Bytes.ofUtf8(
                "{\"a\":1}"), Bytes.ofUtf8("{\"b\":2}"));
        assertThat(parse("{\n \"a\": 1\n}").bundles()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"attestations\":1}", "{\"attestations\":[1]}"})
    void refusesWhatIsNoList(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(MalformedContentException.class);
    }
}
