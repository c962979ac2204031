package dev.chandlery.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class YamlSourceTest {

    @Test
    void whatIsTooLargeIsToldAsThat() {
        String large = "# comment\n".repeat(YamlSource.MAX_BYTES / 10 + 1) + "a: b\n";

        assertThatThrownBy(() -> YamlSource.compose(large)).isInstanceOf(SyntaxException.class)
                .hasMessageContaining("is larger than the limit of 8388608 bytes")
                .hasMessageNotContaining("is not YAML");
        assertThatThrownBy(() -> YamlSource.compose(new ByteArrayInputStream(large.getBytes(
                StandardCharsets.UTF_8)))).hasMessageContaining("is larger than the limit");
    }

    @Test
    void aLineThatTheParserWouldTakeMinutesForIsRefused() {
        assertThatThrownBy(() -> YamlSource.compose("a: 1\nb: " + "x".repeat(300_000)))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining("has a line of 300003 characters, line 2");
    }

    @Test
    void moreNodesThanThereIsMemoryForAreRefused() throws SyntaxException {
        assertThatThrownBy(() -> YamlSource.compose("- [1,2,3,4]\n".repeat(100_000))).isInstanceOf(
                SyntaxException.class).hasMessageContaining("more than 400000 keys and values");
        assertThat(YamlSource.compose("")).isEmpty();
    }
}
