package dev.chandlery.upstream.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as release tools give them, and what is in the files. */
class SbomNamesTest {
    private static final String LINUX = "tool_1.0_linux_amd64.tar.gz";
    private static final String MAC = "tool_1.0_darwin_arm64.tar.gz";

    @Test
    void oneForEachAssetGoesWithThatAsset() {
        List<String> all = List.of(LINUX, MAC, LINUX + ".sbom.json", MAC + ".sbom.json", LINUX
                + ".sbom.json.sig", "checksums.txt");

        assertThat(SbomNames.of(LINUX, all)).containsExactly(LINUX + ".sbom.json");
        assertThat(SbomNames.of(MAC, all)).containsExactly(MAC + ".sbom.json");
    }

    @Test
    void namesWithoutTheEndingOfTheAssetAreUnderstood() {
        List<String> all = List.of(LINUX, "tool_1.0_linux_amd64.deb",
                "tool_1.0_linux_amd64.spdx.json",
                "tool_1.0_linux_amd64v3.tar.gz", "tool_1.0_linux_amd64v3.cdx.json");

        assertThat(SbomNames.of(LINUX, all)).containsExactly("tool_1.0_linux_amd64.spdx.json");
    }

    @Test
    void oneForTheReleaseGoesWithAllOfThem() {
        List<String> all = List.of(LINUX, MAC, "tool-1.0.tar.gz", "tool-1.0.spdx.json", "sbom.json",
                "tool.windows.cdx.json");

        assertThat(SbomNames.of(LINUX, all)).containsExactly("sbom.json", "tool-1.0.spdx.json");
        assertThat(SbomNames.of(MAC, all)).containsExactly("sbom.json", "tool-1.0.spdx.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sbom.json", "bom.json", "a.sbom", "a.spdx", "a.SPDX.json",
            "a_sbom.cdx.json", "a.cyclonedx.xml", "a-sbom.json"})
    void areBills(String name) {
        assertThat(SbomNames.isSbom(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.sbom.json.sig", "a.spdx.json.sha256", "a.bom", "bombardier.json",
            "a.json", "a.sbom.json.pem", "spdx-tool.tar.gz"})
    void areNone(String name) {
        assertThat(SbomNames.isSbom(name)).isFalse();
    }

    @Test
    void theFormatIsToldByTheContent() {
        assertThat(type("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\"}")).isEqualTo(
                "application/vnd.cyclonedx+json");
        assertThat(type("{\"spdxVersion\":\"SPDX-2.3\"}")).isEqualTo("application/spdx+json");
        assertThat(type("{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\"}"))
                .isEqualTo("application/spdx+json");
        assertThat(type("SPDXVersion: SPDX-2.2\nDataLicense: CC0-1.0\n")).isEqualTo("text/spdx");
        assertThat(type("{\"artifacts\":[],\"descriptor\":{\"name\":\"syft\"}}")).isEqualTo(
                "application/vnd.syft+json");
        assertThat(type(
                "<?xml version=\"1.0\"?><bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\"/>"))
                .isEqualTo("application/vnd.cyclonedx+xml");
        assertThat(type("{\"bomFormat\":\"CycloneDX\"")).isEmpty();
        assertThat(type("<html>")).isEmpty();
        assertThat(type("")).isEmpty();
    }

    private static String type(String content) {
        return SbomFormat.find(Bytes.ofUtf8(content))
                .map(SbomFormat::mediaType)
                .map(MediaType::value)
                .orElse("");
    }
}
