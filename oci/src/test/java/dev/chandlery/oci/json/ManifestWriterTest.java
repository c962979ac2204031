package dev.chandlery.oci.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.UnrecognizedManifest;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestWriterTest {
    private static final MediaType TOOL = new MediaType("application/vnd.chandlery.tool.v1");
    private static final Descriptor CONFIG = Descriptor.of(MediaType.IMAGE_CONFIG, Bytes.ofUtf8(
            "{}"));

    @Test
    void writesFieldsInTheOrderOfTheSpecification() {
        ManifestDocument document = ManifestWriter.write(new ImageManifest(MediaType.IMAGE_MANIFEST,
                TOOL, CONFIG, List.of(), CONFIG, sorted(Map.of("z", "1", "a", "ü\n"))));

        String descriptor =
                "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":"
                        + "\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\","
                        + "\"size\":2}";
        assertThat(document.raw().utf8()).isEqualTo("{\"schemaVersion\":2,"
                + "\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                + "\"artifactType\":\"application/vnd.chandlery.tool.v1\",\"config\":" + descriptor
                + ",\"layers\":[],\"subject\":" + descriptor
                + ",\"annotations\":{\"a\":\"ü\\n\",\"z\":\"1\"}}");
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        Descriptor child = Descriptor.of(MediaType.IMAGE_MANIFEST, Bytes.ofUtf8("x"))
                .withPlatform(new Platform("linux", "arm", "v7", null, List.of()));
        ImageIndex index = new ImageIndex(MediaType.IMAGE_INDEX, TOOL, List.of(child), null,
                sorted(Map.of("k", "v")));

        ManifestDocument written = ManifestWriter.write(index);
        ManifestDocument read = ManifestReader.read(written.raw(), MediaType.IMAGE_INDEX);

        assertThat(read.manifest()).isEqualTo(index);
        assertThat(ManifestWriter.write(read.manifest()).raw()).isEqualTo(written.raw());
    }

    @Test
    void manifestsOfOthersAreNotWrittenAnew() {
        assertThatThrownBy(() -> ManifestWriter.write(new UnrecognizedManifest(new MediaType(
                "application/x")))).isInstanceOf(IllegalArgumentException.class);
    }

    private static SortedMap<String, String> sorted(Map<String, String> map) {
        return new TreeMap<>(map);
    }
}
