package dev.chandlery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "10171232,9.7 MiB", "1073741824,1.0 GiB"})
    void bytesTakeTheLargestUnitThatFits(long bytes, String expected) {
        assertThat(Sizes.bytes(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,0 ms", "999,999 ms", "1000,1.0 s", "59900,59.9 s", "200000,3 m 20 s",
            "93900000,26 h 5 m"})
    void durationsTakeTheUnitPeopleWouldTake(long millis, String expected) {
        assertThat(Sizes.duration(Duration.ofMillis(millis))).isEqualTo(expected);
    }
}
