package dev.chandlery.oci.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.UnrecognizedManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    private static final String CONFIG = "{\"mediaType\":\"application/vnd.oci.empty.v1+json\","
            + "\"digest\":\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\","
            + "\"size\":2}";

    @Test
    void unknownFieldsAreKeptWithTheBytes() {
        Bytes raw = Bytes.ofUtf8(
                "{ \"schemaVersion\": 2, \"future\": {\"x\": [1]}, \"config\": " + CONFIG
                        + ", \"layers\": null }");

        var document = ManifestReader.read(raw, MediaType.IMAGE_MANIFEST);

        assertThat(document.raw()).isEqualTo(raw);
        assertThat(document.descriptor().digest()).isEqualTo(raw.digest());
        assertThat(((ImageManifest) document.manifest()).layers()).isEmpty();
    }

    @Test
    void anotherMediaTypeIsKeptUnread() {
        var document = ManifestReader.read(Bytes.ofUtf8("not json"), new MediaType("text/plain"));

        assertThat(document.manifest()).isInstanceOf(UnrecognizedManifest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"config\":CONFIG,\"layers\":[]} {}",
            "{\"config\":CONFIG,\"config\":CONFIG}", "{\"layers\":[]}", "{\"config\":{}}",
            "{\"config\":CONFIG,\"layers\":{}}", "{\"config\":CONFIG,\"layers\":[1]}",
            "{\"config\":CONFIG,\"manifests\":[]}",
            "{\"config\":CONFIG,\"schemaVersion\":1}",
            "{\"config\":CONFIG,\"schemaVersion\":\"2\"}",
            "{\"config\":CONFIG,\"annotations\":{\"a\":1}}",
            "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"config\":CONFIG}",
            "{\"config\":{\"mediaType\":\"a/b\",\"digest\":\"sha256:00\",\"size\":1}}",
            "{\"config\":{\"mediaType\":\"a/b\",\"digest\":\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":-1}}"})
    void refusesWhatIsNotAnImageManifest(String json) {
        Bytes raw = Bytes.ofUtf8(json.replace("CONFIG", CONFIG));

        assertThatThrownBy(() -> ManifestReader.read(raw, MediaType.IMAGE_MANIFEST)).isInstanceOf(
                MalformedContentException.class)
                .hasMessageStartingWith("cannot read manifest "
                        + raw.digest());
    }

    @Test
    void anIndexNeedsItsManifests() {
        assertThatThrownBy(() -> ManifestReader.read(Bytes.ofUtf8("{}"), MediaType.IMAGE_INDEX))
                .isInstanceOf(MalformedContentException.class);
    }

    @Test
    void refusesDeepNestingAndTooManyBytes() {
        Bytes deep = Bytes.ofUtf8("{\"config\":" + CONFIG + ",\"x\":" + "[".repeat(100) + "]"
                .repeat(100) + "}");
        Bytes large = Bytes.of(new byte[4 * 1024 * 1024 + 1]);

        assertThatThrownBy(() -> ManifestReader.read(deep, MediaType.IMAGE_MANIFEST)).isInstanceOf(
                MalformedContentException.class);
        assertThatThrownBy(() -> ManifestReader.read(large, MediaType.IMAGE_MANIFEST)).isInstanceOf(
                LimitExceededException.class);
    }
}
