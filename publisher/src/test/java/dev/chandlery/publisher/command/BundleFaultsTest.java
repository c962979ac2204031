package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.hostile.Answer;
import dev.chandlery.testkit.hostile.HostileRegistry;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.trust.publication.BundleTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds of bundles that end at every possible place, and those that run at the same time. */
class BundleFaultsTest {
    private static final String BUNDLES = "bundles: {both: [one@1.0.0, two@2.0.0]}\n";
    private static final Tag LATEST = new Tag("latest");
    private static final int MOST_WRITES = 200;

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private final HostileRegistry registry = HostileRegistry.start();

    @AfterEach
    void close() {
        registry.close();
        site.close();
    }

    private <T> T ask(java.util.function.Function<RemoteRepository, T> question) {
        return TestHouse.ask(registry.registry(), "test/bundles/both", question);
    }

    /** Reads all that the tag names, and its lock. */
    private static boolean isWhole(RemoteRepository repository) {
        Descriptor index = repository.resolve(LATEST);
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
        return repository.referrerLister()
                .orElseThrow()
                .referrers(index.digest(), BundleTypes.LOCK)
                .findAny()
                .isPresent();
    }

    @Test
    void whereverABuildEndsTheTagNamesSomethingWholeOrNothing() throws IOException {
        TestHouse house = new BundleHouse(folder, site).publish(registry.uri(""), BUNDLES);
        AtomicInteger left = new AtomicInteger();
        for (String method : List.of("POST", "PATCH", "PUT")) {
            registry.when(method, request -> request.target().getPath().contains("/bundles/")
                    && left.getAndDecrement() <= 0, _ -> Answer.error(400, "UNSUPPORTED"));
        }
        int allowed = 0;
        Outcome outcome = new Outcome(1, "", "");
        while (outcome.code() != 0 && allowed < MOST_WRITES) {
            left.set(allowed);
            outcome = house.publish("-q", "--bundle", "both");
            boolean tagged = ask(repository -> repository.find(LATEST)).isPresent();
            assertThat(tagged).as("after %s writes: %s", allowed, outcome.err())
                    .isEqualTo(outcome
                            .code() == 0);
            assertThat(!tagged || ask(BundleFaultsTest::isWhole)).isTrue();
            allowed++;
        }

        assertThat(allowed).as(outcome.err()).isBetween(4, MOST_WRITES - 1);
        left.set(MOST_WRITES);
        assertThat(house.publish("--bundle", "both").out()).contains("up to date");
    }

    @Test
    void buildsAtTheSameTimeComeToTheSame() throws IOException {
        TestHouse house = new BundleHouse(folder, site).publish(registry.uri(""), BUNDLES);

        List<Outcome> outcomes = TaskScope.mapAll("build", List.of(1, 2, 3, 4), _ -> house.publish(
                "--bundle", "both"));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.code()).as(outcome.err())
                .isZero());
        assertThat(ask(BundleFaultsTest::isWhole)).isTrue();
        List<Tag> tags = ask(repository -> repository.tags().toList());
        assertThat(tags).contains(LATEST);
    }
}
