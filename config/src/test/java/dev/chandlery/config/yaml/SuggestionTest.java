package dev.chandlery.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KEYS = List.of("url", "namespace", "retention_days",
            "auto_publish", "platforms", "platform_words");

    @ParameterizedTest
    @CsvSource({"retention_dayz, retention_days", "RETENTION-DAYS, retention_days",
            "autopublish, auto_publish", "platfrom, platforms", "ulr, url",
            "name_space, namespace"})
    void findsWhatWasMeant(String written, String meant) {
        assertThat(Suggestion.nearest(written, KEYS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"zebra", "x", "publish_everything_every_day"})
    void isSilentWhenNothingIsNear(String written) {
        assertThat(Suggestion.nearest(written, KEYS)).isEmpty();
    }

    @Test
    void takesTheFirstByNameOfEquallyNearOnes() {
        assertThat(Suggestion.nearest("bat", List.of("cat", "bar"))).contains("bar");
    }

    @ParameterizedTest
    @CsvSource(value = {"'','',0", "abc,abc,0", "abc,ab,1", "abc,xbc,1", "kitten,sitting,3",
            "url,ulr,1"})
    void countsEdits(String left, String right, int edits) {
        assertThat(Suggestion.distance(left, right)).isEqualTo(edits);
        assertThat(Suggestion.distance(right, left)).isEqualTo(edits);
    }
}
