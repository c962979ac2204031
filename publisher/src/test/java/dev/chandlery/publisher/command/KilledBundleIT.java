package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.hostile.Answer;
import dev.chandlery.testkit.hostile.HostileRegistry;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the publisher in the middle of building a bundle, later each time: what its tag names is whole. */
class KilledBundleIT {
    private static final String REPOSITORY = "test/bundles/both";
    private static final Tag LATEST = new Tag("latest");
    /** Each run comes that many writes further, and to all that the one before has left. */
    private static final int STEP = 3;
    private static final int MOST_RUNS = 20;
    private static final int SECONDS = 300;

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private final HostileRegistry registry = HostileRegistry.start();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicReference<Process> running = new AtomicReference<>();

    @AfterEach
    void close() {
        registry.close();
        site.close();
    }

    @Test
    void whereverItIsKilledTheNextRunGoesOn() throws Exception {
        TestHouse house = new BundleHouse(folder, site).publish(registry.uri(""),
                "bundles: {both: [one@1.0.0, two@2.0.0]}\n");
        for (String method : List.of("POST", "PATCH", "PUT")) {
            registry.when(method, request -> request.target().getPath().contains("/bundles/")
                    && left.getAndDecrement() <= 0, _ -> kill());
        }
        int runs = 0;
        boolean done = false;
        while (!done && runs < MOST_RUNS) {
            runs++;
            done = run(runs * STEP) == 0;
            boolean whole = TestHouse.ask(registry.registry(), REPOSITORY, repository -> repository
                    .find(LATEST)
                    .map(index -> isWhole(repository, index))
                    .orElse(true));
            assertThat(whole).as("run %s", runs).isTrue();
        }

        assertThat(done).as(Files.readString(folder.resolve("publisher.log"))).isTrue();
        assertThat(runs).isBetween(2, MOST_RUNS);
        left.set(Integer.MAX_VALUE);
        Outcome again = house.publish("--bundle", "both");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("up to date");
        assertThat(rooms(folder.resolve("cache/work"))).isEmpty();
    }

    private int run(int writes) throws IOException, InterruptedException {
        left.set(Integer.MAX_VALUE);
        Process process = PublisherProcess.start(folder, List.of(), "-q", "--bundle", "both");
        running.set(process);
        left.set(writes);
        return PublisherProcess.await(process, SECONDS);
    }

    /** kill -9, while the request waits for its answer. */
    private Answer kill() {
        running.get().destroyForcibly();
        return Answer.error(500, "UNKNOWN");
    }

    private static boolean isWhole(RemoteRepository repository, Descriptor index) {
        ImageIndex read = (ImageIndex) Manifests.fetch(repository, index).manifest();
        for (Descriptor image : read.manifests()) {
            for (Descriptor blob : Manifests.fetch(repository, image).manifest().successors()) {
                try (InputStream in = repository.fetch(blob)) {
                    in.transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return !read.manifests().isEmpty();
    }

    private static List<Path> rooms(Path work) throws IOException {
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(Files::isDirectory).toList();
        }
    }
}
