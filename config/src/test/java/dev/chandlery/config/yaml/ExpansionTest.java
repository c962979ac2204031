package dev.chandlery.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HOST", "example.com", "EMPTY",
            "", "LOOKS_LIKE_ONE", "${HOST}", "SECRET", "do not print me");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"${HOST}|example.com", "${env:HOST}:5000|example.com:5000",
            "${NONE:-local}|local", "${env:NONE:-local}|local", "${HOST:-local}|example.com",
            "${EMPTY:-local}|local", "x${NONE:-}y|xy", "${HOST}/${HOST}|example.com/example.com",
            "a $ b} {c|a $ b} {c"})
    void replaces(String text, String expected) {
        assertThat(expand(text)).isEqualTo(expected);
    }

    @Test
    void whatAVariableGivesIsNotLookedAtAgain() {
        assertThat(expand("${LOOKS_LIKE_ONE}")).isEqualTo("${HOST}");
    }

    @Test
    void aFilesEndOfLineDoesNotCount() throws IOException {
        Files.writeString(folder.resolve("name"), "acme\n");

        assertThat(expand("${file:name}")).isEqualTo("acme");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"${NONE}|NONE is not set", "${EMPTY}|EMPTY is not set",
            "${}|in the form", "${HOST|in the form", "${a b}|in the form",
            "${${HOST}}|in the form", "${file:absent}|cannot read file absent",
            "${SECRET}${NONE}|NONE is not set", "${1ST}|in the form"})
    void refuses(String text, String expected) {
        assertThatThrownBy(() -> expand(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .hasMessageNotContaining("do not print me");
    }

    @Test
    void filesAreLimited() throws IOException {
        Files.write(folder.resolve("large"), new byte[70_000]);

        assertThatThrownBy(() -> expand("${file:large}")).hasMessageContaining("65536 bytes");
    }

    private String expand(String text) {
        return Expansion.expand(text, new Reading(folder, ENVIRONMENT));
    }
}
