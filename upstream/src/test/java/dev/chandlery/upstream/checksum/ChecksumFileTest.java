package dev.chandlery.upstream.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumFileTest {
    private static final String HASH =
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    private static final List<Algorithm> BOTH = List.of(Algorithm.SHA256, Algorithm.SHA512);
    private static final String OTHER = "0".repeat(64);

    @ParameterizedTest
    @ValueSource(strings = {"HASH  tool.zip\n", "HASH *tool.zip", "HASH\ttool.zip\r\n",
            "OTHER  tool.zip.sig\nHASH  dist/tool.zip\n", "HASH  ./tool.zip",
            "SHA256 (tool.zip) = HASH", "SHA2-256(tool.zip)= HASH", "HASH", "  HASH  \r\n\r\n",
            "tool.zip: HASH", "tool.zip: sha256:HASH", "sha256:HASH",
            "SHA256 hash of tool.zip:\r\nHASH\r\nCertUtil: -hashfile command completed successfully.",
            "\ufeffHASH  tool.zip", "sha256-BASE64", "sha256-BASE64  tool.zip\r\n",
            "sha256-BASE64  bin/tool.zip", "HASH *dist\\tool.zip", "UPPER  tool.zip",
            "SHA256 hash of dist\\tool.zip:\r\nHASH\r\nCertUtil: fine",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709  tool.zip\nHASH  tool.zip",
            "HASH  tool.zip\nHASH  ./tool.zip"})
    void findsTheChecksum(String text) {
        assertThat(parse(text).find("tool.zip", BOTH)).contains(Digest.parse("sha256:" + HASH));
    }

    @Test
    void readsWhatWindowsWrites() {
        byte[] utf16 = ("\ufeff" + HASH + "  tool.zip\r\n").getBytes(StandardCharsets.UTF_16LE);

        assertThat(ChecksumFile.parse(Bytes.of(utf16)).find("tool.zip", BOTH)).isPresent();
        String spaced = HASH.replaceAll("(..)(?=.)", "$1 ");
        assertThat(parse("SHA256 hash of file tool.zip:\r\n" + spaced + "\r\n").find("tool.zip",
                BOTH))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HASH  other.zip", "HASH  mytool.zip", "HASHff  tool.zip",
            "d41d8cd98f00b204e9800998ecf8427e  tool.zip", "sha256-BASE64  other.zip",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709", "SHA512 (tool.zip) = HASH",
            "<html>not found</html>", "SHA256 hash of other.zip:\r\nHASH\r\nCertUtil: fine"})
    void doesNotFindWhatIsNotThere(String text) {
        assertThat(parse(text).find("tool.zip", BOTH)).isEmpty();
    }

    @Test
    void passesOverAlgorithmsThatDoNotCount() {
        assertThat(parse("HASH  tool.zip").find("tool.zip", List.of(Algorithm.SHA512))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HASH  tool.zip\nOTHER  tool.zip", "HASH\nOTHER",
            "HASH  a/tool.zip\nOTHER *b/tool.zip", "SHA256 (tool.zip) = HASH\nOTHER  tool.zip",
            "sha256-BASE64  tool.zip\nOTHER  tool.zip"})
    void refusesTwoThatDiffer(String text) {
        assertThatThrownBy(() -> parse(text).find("tool.zip", BOTH)).isInstanceOf(
                MalformedContentException.class);
    }

    @Test
    void findsOneOfEachAlgorithm() {
        String sha512 = "1".repeat(128);
        assertThat(parse("HASH  tool.zip\n" + sha512 + "  tool.zip").findAll("tool.zip", BOTH))
                .containsExactlyInAnyOrder(Digest.parse("sha256:" + HASH), Digest.parse("sha512:"
                        + sha512));
    }

    /** Lines without end are no checksums, and must not keep us busy. */
    @Test
    @Timeout(20)
    void passesOverLinesWithoutEnd() {
        String hostile = "a" + " ".repeat(4_000_000) + "b\nHASH  tool.zip\n";
        assertThat(parse(hostile).find("tool.zip", BOTH)).isPresent();
    }

    private static ChecksumFile parse(String text) {
        return ChecksumFile.parse(Bytes.ofUtf8(text.replace("BASE64", Base64.getEncoder()
                .encodeToString(HexFormat.of().parseHex(HASH)))
                .replace("HASH", HASH)
                .replace("UPPER", HASH.toUpperCase(Locale.ROOT))
                .replace("OTHER",
                        OTHER)));
    }
}
