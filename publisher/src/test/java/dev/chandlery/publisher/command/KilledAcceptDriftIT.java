package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills accept-drift at random moments: what was accepted is finished by the next run, and by nothing less. */
class KilledAcceptDriftIT {
    private static final int KILLS = 6;
    private static final String PLATFORM = "v1.0.0-" + GithubHouse.LINUX;
    private static final Bytes NEW = Bytes.ofUtf8("#!/bin/sh\necho other bytes\n");

    @TempDir
    Path folder;

    @Test
    void aKilledDecisionIsFinishedByTheNextRun() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (GithubHouse house = new GithubHouse(folder)) {
            house.config("floating_tags: [latest]");
            house.release("v1.0.0", GithubHouse.LINUX, GithubHouse.MAC);
            assertThat(house.run().code()).isZero();
            SortedMap<String, Digest> before = house.tags();
            house.github()
                    .release("o/hello", "v1.0.0")
                    .find("hello-" + GithubHouse.LINUX)
                    .orElseThrow()
                    .replace(NEW);
            assertThat(house.run().code()).isEqualTo(3);

            for (int i = 0; i < KILLS; i++) {
                kill(random);
                SortedMap<String, Digest> now = house.tags();
                assertThat(now).as("seed " + seed).containsKeys(PLATFORM, "v1.0.0", "latest");
                boolean replaced = !Objects.equals(now.get(PLATFORM), before.get(PLATFORM));
                if (replaced) {
                    assertThat(now).as("seed " + seed)
                            .containsEntry("replaced-" + PLATFORM + "-"
                                    + shortened(before), before.get(PLATFORM));
                }
            }
            Outcome last = house.run("accept-drift", "hello@1.0.0", "--reason", "rebuilt");
            if (last.code() != 0) { // the killed ones were done already
                assertThat(last.err()).contains("nothing to accept");
            }

            Outcome outcome = house.run();

            assertThat(outcome.code()).as("seed " + seed + ": " + outcome.err()).isZero();
            SortedMap<String, Digest> after = house.tags();
            assertThat(after.get(PLATFORM)).isNotEqualTo(before.get(PLATFORM));
            assertThat(after.get("latest")).isEqualTo(after.get("v1.0.0"))
                    .isNotEqualTo(before.get("v1.0.0"));
            assertThat(after).containsEntry("replaced-" + PLATFORM + "-" + shortened(before), before
                    .get(PLATFORM));
            assertThat(house.run("drift", "list").out()).contains("No incident is open");
            assertThat(house.run("drift", "list", "--all").out()).contains("accepted");
        }
    }

    private static String shortened(SortedMap<String, Digest> tags) {
        return Objects.requireNonNull(tags.get(PLATFORM)).encoded().substring(0, 12);
    }

    private void kill(Random random) throws IOException, InterruptedException {
        Process process = PublisherProcess.start(folder, List.of(), "accept-drift",
                "hello@1.0.0", "--reason", "rebuilt");
        process.waitFor(500 + random.nextInt(2500), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
    }
}
