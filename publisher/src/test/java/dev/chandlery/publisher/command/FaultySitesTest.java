package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.testkit.upstream.FlawedSite.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that hang, never end, or lead in circles hold up nothing but their own files. */
class FaultySitesTest {
    private static final String PLATFORM = "linux-x86_64";
    private static final Map<String, Fault> FAULTS = new TreeMap<>(Map.of("silent", Fault.SILENT,
            "stalled", Fault.STALLED, "trickling", Fault.TRICKLING, "endless", Fault.ENDLESS,
            "circle", Fault.REDIRECTING, "cut", Fault.TRUNCATED));
    private static final Map<String, String> MESSAGES = Map.of("silent", "no progress", "stalled",
            "no progress", "trickling", "no progress", "endless", "bytes, got more", "circle",
            "more than 10 redirects", "cut", " end");

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    @Timeout(value = 90, unit = TimeUnit.SECONDS)
    void othersArePublishedAndWhatFailedIsTakenUpLater() throws IOException {
        TestHouse house = new TestHouse(folder, site);
        List<String> tools = Stream.concat(FAULTS.keySet().stream(), Stream.of("good")).toList();
        tools.forEach(tool -> house.release(tool, "1.0.0", List.of(PLATFORM)));
        Path config = house.config("embedded", tools, "[\"1.0.0\"]", "[" + PLATFORM + "]");
        Files.writeString(config, Files.readString(config)
                .replace("retry_attempts: 0", "retry_attempts: 0\n  timeout_seconds: 1"));
        FAULTS.forEach((tool, fault) -> site.put(path(tool), TestHouse.script(tool, "1.0.0",
                PLATFORM), fault));

        Outcome outcome = house.publish();

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
        assertThat(house.tags("test/tools/good")).containsKey("v1.0.0");
        FAULTS.keySet().forEach(tool -> {
            assertThat(house.tags("test/tools/" + tool)).as(tool).isEmpty();
            assertThat(outcome.err()
                    .lines()
                    .filter(line -> line.startsWith("Error: " + tool + " 1.0.0")))
                    .singleElement()
                    .asString()
                    .contains(MESSAGES.get(tool))
                    .doesNotContain("Exception");
        });
        assertThat(site.downloads(path("silent"))).as("attempts at a silent host").isEqualTo(1);
        assertThat(site.downloads(path("stalled"))).as("attempts at a stalled one").isEqualTo(2);
        assertThat(site.downloads(path("trickling"))).isEqualTo(2);
        assertThat(rooms()).isEmpty();

        tools.forEach(tool -> house.release(tool, "1.0.0", List.of(PLATFORM)));
        Outcome later = house.publish();
        assertThat(later.code()).as(later.err()).isZero();
        assertThat(house.tags("test/tools/stalled")).containsKey("v1.0.0");
    }

    private static String path(String tool) {
        return TestHouse.path(tool, "1.0.0", PLATFORM);
    }

    private List<Path> rooms() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache/work"))) {
            return files.filter(Files::isDirectory).toList();
        }
    }
}
