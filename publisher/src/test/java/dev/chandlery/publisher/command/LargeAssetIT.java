package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishes an asset of 1 GiB in a JVM that has a quarter of that. */
class LargeAssetIT {
    private static final long SIZE = 1L << 30;
    private static final long NEEDED = 6 * SIZE;
    private static final int SECONDS = 600;

    @TempDir
    Path folder;

    @Test
    void memoryDoesNotGrowWithTheAsset() throws Exception {
        Assumptions.assumeTrue(Files.getFileStore(folder).getUsableSpace() > NEEDED,
                "less than 6 GiB of free space");
        try (FlawedSite site = new FlawedSite()) {
            TestHouse house = new TestHouse(folder, site);
            site.put(TestHouse.path("hello", "1.0.0", "linux-x86_64"), SIZE, LargeAssetIT::write);
            Path config = house.config("embedded", List.of("hello"), "[\"1.0.0\"]",
                    "[linux-x86_64]");
            Files.writeString(config, Files.readString(config)
                    .replaceAll("\\s+checksum_url:.*",
                            ""));

            int code = PublisherProcess.await(PublisherProcess.start(folder, List.of("-Xmx256m",
                    "-XX:+ExitOnOutOfMemoryError")), SECONDS);

            assertThat(code).as(Files.readString(folder.resolve("publisher.log"))).isZero();
            assertThat(house.tags(TestHouse.REPOSITORY)).containsKeys("v1.0.0",
                    "v1.0.0-linux-x86_64");
        }
    }

    /** A script, and then blocks that compress as programs do. */
    private static void write(OutputStream out) throws IOException {
        byte[] block = new byte[1 << 20];
        new Random(1).nextBytes(block);
        java.util.Arrays.fill(block, block.length / 8, block.length, (byte) 7);
        byte[] head = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);
        out.write(head);
        out.write(block, head.length, block.length - head.length);
        for (long written = block.length; written < SIZE; written += block.length) {
            out.write(block);
        }
    }
}
