package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several publishers at once, each with another version: floating tags end at the newest one. */
class ConcurrentPublishersIT {
    private static final int ROUNDS = 2;
    private static final int PUBLISHERS = 3;
    private static final int LIMIT_SECONDS = 120;

    @TempDir
    Path folder;

    @Test
    void floatingTagsEndAtTheNewest() throws Exception {
        // Open here all the time, so that no publisher takes the registry away when it ends.
        try (GithubHouse house = new GithubHouse(folder);
                var registry = EmbeddedRegistry.load().open(folder.resolve("registry"))) {
            assertThat(registry.registry()).isNotNull();
            house.config("floating_tags: [latest, major]");
            for (int round = 1; round <= ROUNDS; round++) {
                List<Process> running = new ArrayList<>();
                for (int i = 0; i < PUBLISHERS; i++) {
                    String version = "1." + round + "." + i;
                    house.release("v" + version, GithubHouse.LINUX, GithubHouse.MAC);
                    running.add(PublisherProcess.start(folder, List.of(), "--version", version));
                }
                for (Process process : running) {
                    int code = PublisherProcess.await(process, LIMIT_SECONDS);
                    assertThat(code).as(Files.readString(folder.resolve("publisher.log"))).isZero();
                }
                SortedMap<String, Digest> tags = house.tags();
                Digest newest = tags.get("v1." + round + "." + (PUBLISHERS - 1));
                assertThat(newest).isNotNull();
                assertThat(tags.get("latest")).isEqualTo(newest);
                assertThat(tags.get("v1")).isEqualTo(newest);
            }
            assertThat(house.run().out()).startsWith("Nothing to publish");
        }
    }
}
