package dev.chandlery.upstream.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
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
            "\ufeffHASH  tool.zip"})
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
            "d41d8cd98f00b204e9800998ecf8427e  tool.zip", "<html>not found</html>"})
    void doesNotFindWhatIsNotThere(String text) {
        assertThat(parse(text).find("tool.zip", BOTH)).isEmpty();
    }

    @Test
    void passesOverAlgorithmsThatDoNotCount() {
        assertThat(parse("HASH  tool.zip").find("tool.zip", List.of(Algorithm.SHA512))).isEmpty();
    }

    @Test
    void refusesTwoThatDiffer() {
        assertThatThrownBy(() -> parse("HASH  tool.zip\nOTHER  tool.zip").find("tool.zip", BOTH))
                .isInstanceOf(MalformedContentException.class);
    }

    private static ChecksumFile parse(String text) {
        return ChecksumFile.parse(Bytes.ofUtf8(text.replace("HASH", HASH)
                .replace("OTHER",
                        OTHER)));
    }
}
