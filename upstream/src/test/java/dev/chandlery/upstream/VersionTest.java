package dev.chandlery.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

    @Test
    void orderIsThatOfPeople() {
        List<Version> expected = Stream.of("", "0.9", "1.0-SNAPSHOT", "1.0-alpha1", "1.0-beta.2",
                "1.0-beta.10", "1.0-M1", "1.0-pre1", "1.0-rc1", "1.0-rc-2", "1.0", "1.0+build",
                "1.0.post1", "1.0.0", "1.0.1", "1.9", "1.10", "2",
                "20240101.1", "99999999999999999999999").map(Version::new).toList();
        List<Version> shuffled = new ArrayList<>(expected);
        Collections.shuffle(shuffled, new Random(7));
        Collections.sort(shuffled);

        assertThat(shuffled).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0-rc1", "31.0-rc-1", "1.0.Beta2", "4.0.0-M1", "1-SNAPSHOT",
            "0.5.0-preview.3", "1.0a1", "2.0-b.2", "1.7.0-nightly.20260101"})
    void prereleasesSayIt(String text) {
        assertThat(new Version(text).isPrerelease()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "31.1", "1.0.post1", "1.2.3-jre", "15.1.0", "1.1.1w",
            "1.1.1a", "2024b", "1.14.0-1", "2025-12-01"})
    void releasesDoNot(String text) {
        assertThat(new Version(text).isPrerelease()).isFalse();
    }
}
