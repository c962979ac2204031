package dev.chandlery.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Tag;
import dev.chandlery.testkit.Samples;
import dev.chandlery.testkit.hostile.Answer.Delivery;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists end, and are neither cut short in silence nor led astray. */
class ListsOfHostileRegistryTest extends HostileFixture {
    private static final String TAGS = "/v2/test/a/tags/list";
    private static final String REFERRERS = "/v2/test/a/referrers/.*";

    @Test
    void pagesWithoutEnd() {
        AtomicInteger page = new AtomicInteger();
        registry.always("GET", TAGS, _ -> tags("t" + page.incrementAndGet()).with("Link", "<"
                + TAGS + "?last=t" + page + ">; rel=\"next\""));
        assertThatThrownBy(this::listTags).isInstanceOf(LimitExceededException.class);
        assertThat(page.get()).isLessThanOrEqualTo(MAX_PAGES);
    }

    @Test
    void pagesInACircle() {
        registry.always("GET", TAGS, request -> tags("t").with("Link", "<" + TAGS + "?last="
                + ("a".equals(request.query("last")) ? "b" : "a") + ">; rel=\"next\""));
        assertThatThrownBy(this::listTags).isInstanceOf(MalformedContentException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void nextPageOnAnotherHost() {
        try (HostileRegistry other = HostileRegistry.start()) {
            registry.always("GET", TAGS, _ -> tags("t").with("Link", "<" + other.uri(TAGS)
                    + ">; rel=\"next\""));
            assertThatThrownBy(this::listTags).isInstanceOf(MalformedContentException.class);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void hugePage() {
        registry.always("GET", TAGS, _ -> tags("t".repeat(100)).withoutLength()
                .delivered(new Delivery.Endless()));
        assertThatThrownBy(this::listTags).isInstanceOf(OciException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "{\"tags\":7}", "{\"tags\":[7]}", "[]",
            "{\"tags\":[\"../etc\"]}",
            "<html>"})
    void nonsense(String body) {
        registry.always("GET", TAGS, _ -> Answer.of(200, body));
        assertThatThrownBy(this::listTags).isInstanceOf(OciException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"tags\":null}", "{\"tags\":[]}"})
    void noTags(String body) {
        registry.always("GET", TAGS, _ -> Answer.of(200, body));
        assertThat(listTags()).isEmpty();
    }

    @Test
    void failureOnALaterPageIsNoEndOfTheList() {
        registry.times(1, "GET", TAGS, _ -> tags("a").with("Link", "<" + TAGS
                + "?last=a>; rel=\"next\""));
        registry.always("GET", TAGS, _ -> Answer.error(500, "UNKNOWN"));
        assertThatThrownBy(this::listTags).isInstanceOf(OciException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 303, 501})
    void referrersUnderTheFallbackTagWhereThereIsNoApi(int status) {
        registry.always("GET", REFERRERS, _ -> Answer.error(status, "UNSUPPORTED"));
        Descriptor sbom = attach();
        assertThat(referrers(sbom)).isEmpty();
        assertThat(referrers(subject())).extracting(Descriptor::digest)
                .containsExactly(sbom
                        .digest());
    }

    @Test
    void referrersUnderTheFallbackTagWhereAPageOfAFrontEndAnswers() {
        registry.always("GET", REFERRERS, _ -> Answer.of(200, "<html>")
                .with("Content-Type",
                        "text/html"));
        Descriptor sbom = attach();
        assertThat(referrers(subject())).extracting(Descriptor::digest)
                .containsExactly(sbom
                        .digest());
    }

    @Test
    void referrersThatAreDeniedAreNotAnEmptyList() {
        registry.always("GET", REFERRERS, _ -> Answer.error(403, "DENIED"));
        assertThatThrownBy(() -> referrers(subject())).isInstanceOf(OciException.class);
    }

    @Test
    void referrersThatFailAreNotAnEmptyList() {
        registry.always("GET", REFERRERS, _ -> Answer.error(500, "UNKNOWN"));
        assertThatThrownBy(() -> referrers(subject())).isInstanceOf(OciException.class);
    }

    private Descriptor attach() {
        Samples.pushEmpty(client());
        return Samples.push(client(), Samples.attached(subject(), Samples.ARTIFACT, Map
                .of()));
    }

    private static Descriptor subject() {
        return Samples.plain(Samples.image(Descriptor.EMPTY).descriptor());
    }

    private List<Descriptor> referrers(Descriptor subject) {
        try (Stream<Descriptor> found = client().referrerLister()
                .orElseThrow()
                .referrers(subject.digest())) {
            return found.toList();
        }
    }

    private List<Tag> listTags() {
        try (Stream<Tag> tags = client().tags()) {
            return tags.toList();
        }
    }

    private static Answer tags(String... tags) {
        return Answer.of(200, "{\"name\":\"test/a\",\"tags\":[\"" + String.join("\",\"", tags)
                + "\"]}").with("Content-Type", "application/json");
    }
}
