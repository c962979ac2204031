package dev.chandlery.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleLogTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path cache;

    @Test
    void samplesComeBackAsTheyWere() {
        SampleLog log = new SampleLog(cache, 30);
        Sample health = new Sample.Health(START, true, Duration.ofMillis(12));
        Sample pull = new Sample.Pull(START.plusSeconds(1), false, Duration.ofSeconds(3), 2, 5);
        log.add(health);
        log.add(pull);
        assertThat(log.read(START)).containsExactly(health, pull);
    }

    @Test
    void whatIsOlderThanTheRetentionIsNeitherReadNorKept() throws IOException {
        SampleLog log = new SampleLog(cache, 3);
        for (int day = 0; day < 10; day++) {
            log.add(new Sample.Health(START.plus(Duration.ofDays(day)), true, Duration.ZERO));
        }
        Instant now = START.plus(Duration.ofDays(9));
        assertThat(log.read(now)).hasSize(3)
                .first()
                .extracting(Sample::at)
                .isEqualTo(START.plus(
                        Duration.ofDays(7)));
        assertThat(log.read(now.plus(Duration.ofDays(2)))).hasSize(1);
        try (Stream<Path> files = Files.list(cache.resolve("state/samples"))) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void damagedLinesAreLeftOut() throws IOException {
        SampleLog log = new SampleLog(cache, 3);
        log.add(new Sample.Health(START, true, Duration.ZERO));
        Path file = cache.resolve("state/samples/2026-03-01.jsonl");
        Files.writeString(file, "{\"at\":\"2026\n[]\nnull\n{\"kind\":\"pull\",\"at\":\"x\"}\n\n",
                StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        Files.createFile(file.resolveSibling("notes.txt"));
        assertThat(log.read(START)).hasSize(1);
    }
}
