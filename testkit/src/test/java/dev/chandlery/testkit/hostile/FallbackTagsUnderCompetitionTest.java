package dev.chandlery.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.copy.Copier;
import dev.chandlery.oci.copy.CopyEvent;
import dev.chandlery.oci.copy.CopyOptions;
import dev.chandlery.oci.copy.CopyOutcome;
import dev.chandlery.oci.copy.CopyOutcome.Copied;
import dev.chandlery.oci.copy.CopyOutcome.NotCopied;
import dev.chandlery.oci.copy.CopyRequest;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Several write one list of referrers, in a registry that keeps it under a tag and cannot tell them apart. */
final class FallbackTagsUnderCompetitionTest extends HostileFixture {
    private static final Tag LATEST = new Tag("latest");
    private static final int WRITERS = 6;

    @AutoClose
    private final HostileRegistry target = HostileRegistry.start();

    private final ManifestDocument image = Samples.image(Descriptor.EMPTY);
    private final Descriptor subject = Samples.plain(image.descriptor());
    private final String listed = Endpoints.fallbackTag(subject.digest()).value();
    private final String list = "/v2/test/a/manifests/" + listed;

    private RemoteRepository repository(HostileRegistry of, HttpTransport by) {
        return new RemoteRegistry(of.registry(), by, CredentialProvider.anonymous(), options())
                .repository(new RepositoryName("test/a"));
    }

    private ManifestDocument evidence(String name) {
        return Samples.attached(subject, Samples.ARTIFACT, Map.of("of", name));
    }

    /** The image with one thing attached to it. */
    private Digest fill(HostileRegistry source, String name) {
        source.plain().put(Bytes.ofUtf8("{}"));
        source.plain().put(image);
        return Samples.push(repository(source, transport), evidence(name)).digest();
    }

    private List<Digest> listed() {
        try (Stream<Descriptor> found = repository(target, transport).referrerLister()
                .orElseThrow()
                .referrers(subject.digest())) {
            return found.map(Descriptor::digest).toList();
        }
    }

    /** What another client writes that had read an empty list. */
    private Answer overwritten(Request request) {
        Answer before = target.plain().answer(request);
        target.plain().tag(Samples.index(Samples.plain(evidence("other").descriptor())), listed);
        return before;
    }

    private CopyOutcome copy(List<CopyEvent> events) {
        return new Copier(CopyOptions.DEFAULT, events::add).copyAll(List.of(CopyRequest.of(
                repository(registry, transport), LATEST, repository(target, transport))))
                .getFirst();
    }

    @Test
    void whatAnotherClientDropsAfterwardsIsLinkedAgain() {
        Digest ours = fill(registry, "ours");
        target.times(1, "HEAD", list, this::overwritten);

        assertThat(copy(new ArrayList<>())).isInstanceOf(Copied.class);

        assertThat(listed()).containsExactlyInAnyOrder(ours, evidence("other").descriptor()
                .digest());
    }

    @Test
    void whatIsDroppedAgainAndAgainIsNotCopied() {
        fill(registry, "ours");
        target.always("HEAD", list, this::overwritten);
        List<CopyEvent> events = new ArrayList<>();

        CopyOutcome outcome = copy(events);

        assertThat(outcome).isInstanceOfSatisfying(NotCopied.class, e -> assertThat(e.failure())
                .hasMessageContaining(listed)
                .hasMessageContaining("other clients")
                .hasMessageContaining("run it again"));
        assertThat(events.stream().filter(CopyEvent.Ended.class::isInstance)).containsExactly(
                new CopyEvent.Ended(outcome));
    }

    /** Every condition is passed over, and each write takes a while, as in Debian's registry. */
    @Test
    void manyCopiesAtOnceLoseNothing() {
        List<HostileRegistry> sources = IntStream.range(0, WRITERS)
                .mapToObj(_ -> HostileRegistry.start())
                .toList();
        try {
            List<Digest> attached = IntStream.range(0, WRITERS)
                    .mapToObj(i -> fill(sources.get(i), "n" + i))
                    .toList();

            List<CopyOutcome> outcomes = TaskScope.mapAll("writer", sources, source -> {
                try (HttpTransport own = new HttpTransport(OPTIONS)) {
                    return new Copier(CopyOptions.DEFAULT, _ -> {}).copyAll(List.of(CopyRequest.of(
                            repository(source, own), LATEST, repository(target, own)))).getFirst();
                }
            });

            assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(
                    Copied.class));
            assertThat(listed()).containsExactlyInAnyOrderElementsOf(attached);
        } finally {
            sources.forEach(HostileRegistry::close);
        }
    }

    @Test
    void theFirstListIsWrittenOnlyWhereThereIsNone() {
        fill(registry, "ours");
        copy(new ArrayList<>());
        assertThat(target.requests("PUT", list)).singleElement()
                .satisfies(put -> assertThat(put.header("If-None-Match")).contains("*"));
    }

    /** A list that was read before a wait would undo what others wrote meanwhile. */
    @Test
    void whatFailedIsReadAgainBeforeItIsWrittenAgain() {
        Digest ours = fill(registry, "ours");
        AtomicInteger puts = new AtomicInteger();
        target.always("PUT", list, request -> {
            if (puts.incrementAndGet() > 1) {
                return target.plain().answer(request);
            }
            overwritten(new Request("GET", request.target(), request.headers(), Bytes.ofUtf8("")));
            return Answer.error(503, "UNAVAILABLE");
        });

        assertThat(copy(new ArrayList<>())).isInstanceOf(Copied.class);

        assertThat(listed()).containsExactlyInAnyOrder(ours, evidence("other").descriptor()
                .digest());
    }

    @Test
    void aConditionThatAlwaysFailsIsLeftOut() {
        Digest ours = fill(registry, "ours");
        target.when("PUT", request -> request.header("If-None-Match").isPresent() || request.header(
                "If-Match").isPresent(), _ -> Answer.error(412, "PRECONDITION_FAILED"));

        assertThat(copy(new ArrayList<>())).isInstanceOf(Copied.class);

        assertThat(listed()).containsExactly(ours);
    }
}
