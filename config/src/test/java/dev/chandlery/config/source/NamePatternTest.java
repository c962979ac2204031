package dev.chandlery.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({"tools/protoc, tools/protoc", "tools/*, tools/protoc", "**, tools/protoc",
            "**/protoc, tools/protoc", "t**c, tools/protoc", "tools/protoc*, tools/protoc",
            "v1.*, v1.2", "v?, v1", "*, latest", "*a*a*, banana"})
    void matches(String glob, String name) {
        assertThat(new NamePattern(glob).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"tools/protoc, tools/protoc-gen", "*, tools/protoc", "tools/*, tools/a/b",
            "tools/?, tools/", "tools?protoc, tools/protoc", "v1.*, v11", "v1.2, v1x2",
            "**/protoc, protoc"})
    void doesNotMatch(String glob, String name) {
        assertThat(new NamePattern(glob).matches(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "***", "/a", "a/", "a//b", "a:b", "[a]", "a\nb"})
    void refusesWhatMatchesNoName(String glob) {
        assertThatThrownBy(() -> new NamePattern(glob)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a name");
    }

    @Test
    @Timeout(60)
    void takesNoLongerForHostilePatterns() {
        String name = "a".repeat(255);

        assertThat(new NamePattern("*a".repeat(120) + "b").matches(name)).isFalse();
    }

    @Test
    void knowsNames() {
        assertThat(new NamePattern("tools/protoc").isLiteral()).isTrue();
        assertThat(new NamePattern("tools/*").isLiteral()).isFalse();
        assertThat(new NamePattern("v?").isLiteral()).isFalse();
    }
}
