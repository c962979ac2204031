package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the publisher at random moments: whatever a tag names is whole, and the next run converges. */
class KilledPublisherIT {
    private static final List<String> PLATFORMS = List.of("linux-x86_64", "linux-aarch64",
            "darwin-x86_64", "darwin-arm64");
    private static final int KILLS = 10;
    private static final int PADDING = 3_000_000;

    @TempDir
    Path folder;

    @Test
    void tenKillsLeaveNothingBroken() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (FlawedSite site = new FlawedSite()) {
            TestHouse house = new TestHouse(folder, site);
            for (String version : List.of("1.0.0", "1.1.0")) {
                PLATFORMS.forEach(platform -> slow(site, version, platform));
            }
            Path config = house.config("embedded", List.of("hello"), "[\"1.0.0\", \"1.1.0\"]",
                    PLATFORMS.toString());
            Files.writeString(config, Files.readString(config)
                    .replaceAll("\\s+checksum_url:.*",
                            ""));
            for (int i = 0; i < KILLS; i++) {
                killedRun(random);
                house.ask(TestHouse.REPOSITORY, KilledPublisherIT::requireWhole);
            }

            Outcome outcome = house.publish();

            assertThat(outcome.code()).as("seed " + seed + ": " + outcome.err()).isZero();
            assertThat(house.ask(TestHouse.REPOSITORY, KilledPublisherIT::requireWhole)).isEqualTo(
                    10);
            assertThat(leftovers(folder.resolve("cache/work"))).isEmpty();
        }
    }

    /** A download takes about a second, so that kills hit every stage. */
    private static void slow(FlawedSite site, String version, String platform) {
        byte[] script = TestHouse.script("hello", version, platform);
        byte[] noise = new byte[PADDING];
        new Random(platform.hashCode()).nextBytes(noise);
        site.put(TestHouse.path("hello", version, platform), script.length + (long) PADDING,
                out -> write(out, script, noise));
    }

    private static void write(OutputStream out, byte[] script, byte[] noise) throws IOException {
        out.write(script);
        int step = PADDING / 10;
        for (int at = 0; at < PADDING; at += step) {
            out.write(noise, at, Math.min(step, PADDING - at));
            out.flush();
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void killedRun(Random random) throws IOException, InterruptedException {
        Process process = PublisherProcess.start(folder, List.of());
        process.waitFor(600 + random.nextInt(3500), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
    }

    /** Reads all that every tag names; the number of tags. */
    private static int requireWhole(RemoteRepository repository) {
        List<Tag> tags = repository.tags().toList();
        tags.forEach(tag -> read(repository, repository.resolve(tag)));
        return tags.size();
    }

    private static void read(RemoteRepository repository, Descriptor descriptor) {
        var manifest = Manifests.fetch(repository, descriptor).manifest();
        for (Descriptor child : manifest.successors()) {
            if (manifest instanceof ImageIndex) {
                read(repository, child);
            } else {
                try (InputStream in = repository.fetch(child)) {
                    in.transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }
    }

    private static List<Path> leftovers(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(Files::isDirectory).toList();
        }
    }

}
