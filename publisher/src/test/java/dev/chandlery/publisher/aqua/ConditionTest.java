package dev.chandlery.publisher.aqua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "semver(\"<= 1.2.3\")                                   | v1.2.3     | true",
            "semver(\"< 1.2.3\")                                    | v1.2.3     | false",
            "semver(\">= 1.0, < 2\")                                | v1.9       | true",
            "semver(\"< 1.0.0\")                                    | v1.0.0-rc1 | true",
            "semver(\"<= 1.10.0\")                                  | v1.9.0     | true",
            "semver(\"<= 1.10.0\")                                  | nightly    | false",
            "Version == \"v1.0\"                                    | v1.0       | true",
            "Version != \"v1.0\"                                    | v1.0       | false",
            "Version in [\"v1\", \"v2\"]                            | v2         | true",
            "Version not in [\"v1\", \"v2\"]                        | v2         | false",
            "Version startsWith \"v1.\" and semver(\"> 1\")         | v1.5       | true",
            "not (Version startsWith \"v1.\" or Version == \"v2\")  | v2         | false",
            "not Version startsWith \"v1\"                          | v2         | true",
            "!(Version contains \"rc\") && Version endsWith \"0\"   | v2.0       | true",
            "Version matches '^v[0-9]+$'                            | v2         | true",
            "semverWithVersion(\">= 2\", trimPrefix(Version, \"a-\"))| a-2.1     | true",
            "true                                                   | v1         | true",
            "false or semver(\"= 1\")                               | v1         | true"})
    void holdsAsInTheRegistry(String condition, String version, boolean expected) {
        String semver = version.startsWith("v") ? version.substring(1) : version;

        assertThat(Condition.holds(condition, version, semver)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"let words = [\"a\"]; any(words, {Version matches #})",
            "Os == \"linux\"", "semver(\"~> 1\")", "Version ==", "Version matches \"(\"",
            "semver()", "(Version == \"v1\"", "Version == \"v1\" trailing"})
    void refusesWhatItDoesNotUnderstand(String condition) {
        assertThatThrownBy(() -> Condition.holds(condition, "v1", "1")).isInstanceOf(
                UnsupportedExpressionException.class);
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThatThrownBy(() -> Condition.holds("(".repeat(400) + "true", "v1", "1"))
                .isInstanceOf(UnsupportedExpressionException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = true, value = {
            "a-{{trimV .Version}}-{{.OS}}                          ; a-1.2-linux",
            "{{trimPrefix \"v1.\" .Version}}                       ; 2",
            "{{.Version | trimPrefix \"v\" | replace \".\" \"_\"}} ; 1_2",
            "{{trimSuffix \".2\" .Version}}                        ; v1",
            "{{title .OS}}                                         ; Linux",
            "{{toUpper .OS}}                                       ; LINUX",
            "{{printf \"%s-%s\" .OS .Version}}                     ; linux-v1.2",
            "{{(semver .Version).Major}}.x                         ; 1.x",
            "{{index (splitList \".\" (trimV .Version)) 1}}        ; 2",
            "{{.Vars.channel}}                                     ; stable"})
    void rendersNames(String template, String expected) {
        assertThat(GoTemplate.render(template, Map.of("Version", "v1.2", "OS", "linux",
                "Vars.channel", "stable"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{{.Unknown}}", "{{if eq .OS \"a\"}}b{{end}}",
            "{{regexFind \"a\" .OS}}", "{{.OS .OS}}", "{{printf \"%s\"}}", "{{}}", "{{\"a}}",
            "{{index (splitList \".\" .OS) 5}}"})
    void refusesTemplatesThatItDoesNotUnderstand(String template) {
        assertThatThrownBy(() -> GoTemplate.render(template, Map.of("OS", "linux")))
                .isInstanceOf(UnsupportedExpressionException.class);
    }
}
