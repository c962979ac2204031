package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.testkit.Signals;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of a download. */
class InterruptedPublisherIT {
    private static final int SECONDS = 120;
    private static final int INTERRUPTED = 130;

    @TempDir
    Path folder;

    @Test
    void nothingStaysAndTheExitCodeTells() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (FlawedSite site = new FlawedSite()) {
            TestHouse house = new TestHouse(folder, site);
            byte[] half = new byte[1 << 20];
            site.put(TestHouse.path("hello", "1.0.0", "linux-x86_64"), 2L * half.length, out -> {
                out.write(half);
                out.flush();
                begun.countDown();
                await(never);
            });
            Path config = house.config("embedded", List.of("hello"), "[\"1.0.0\"]",
                    "[linux-x86_64]");
            Files.writeString(config, Files.readString(config)
                    .replaceAll("\\s+checksum_url:.*",
                            ""));
            Process process = PublisherProcess.start(folder, List.of());
            assertThat(begun.await(SECONDS, TimeUnit.SECONDS)).isTrue();

            Signals.send(process, "INT");

            int code = PublisherProcess.await(process, SECONDS);
            never.countDown();
            assertThat(code).isEqualTo(INTERRUPTED);
            assertThat(Files.readString(folder.resolve("publisher.log"))).contains("interrupted")
                    .doesNotContain("\tat ");
            assertThat(rooms(folder.resolve("cache/work"))).isEmpty();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static List<Path> rooms(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(Files::isDirectory).toList();
        }
    }
}
