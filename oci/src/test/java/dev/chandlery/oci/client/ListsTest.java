package dev.chandlery.oci.client;

import static dev.chandlery.oci.client.ScriptedRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Tag;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists are whole, or an error. */
class ListsTest {
    private static final String PATH = "/v2/test/a/tags/list";
    private static final Digest SUBJECT = Bytes.ofUtf8("subject").digest();

    @ParameterizedTest
    @ValueSource(strings = {"?n=1000&last=a", "list?n=1000&last=a", PATH + "?n=1000&last=a"})
    void nextPageByWhateverReference(String link) {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> switch (request
                .getTarget()) {
            case PATH + "?n=1000" -> tags("a").setHeader("Link", "<" + link + ">; rel=\"next\"");
            case PATH + "?n=1000&last=a" -> tags("b");
            default -> answer(404);
        })) {
            assertThat(list(registry)).containsExactly(new Tag("a"), new Tag("b"));
        }
    }

    /** The registry has a limit of its own, and does not say that there is more. */
    @Test
    void pageWithoutALinkMayNotBeTheLast() {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> switch (request
                .getTarget()) {
            case PATH + "?n=1000" -> tags(0, 100);
            case PATH + "?n=1000&last=t1099" -> tags(100, 130);
            default -> answer(404);
        })) {
            assertThat(list(registry)).hasSize(130).doesNotHaveDuplicates();
        }
    }

    /** Once is enough for all lists of a connection. */
    @ParameterizedTest
    @ValueSource(ints = {400, 416, 422})
    void pagesThatAreTooLargeAreAskedForInASmallerSize(int status) {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> switch (request
                .getTarget()) {
            case PATH + "?n=100" -> tags(0, 100).setHeader("Link", "<" + PATH
                    + "?n=100&last=t1099>; rel=\"next\"");
            case PATH + "?n=100&last=t1099" -> tags(100, 130);
            default -> answer(status);
        })) {
            RemoteRepository client = registry.client();
            assertThat(client.tags()).hasSize(130);
            assertThat(client.tags()).hasSize(130);
            assertThat(registry.lines()).hasSize(5);
        }
    }

    @Test
    void aListThatIsRefusedInEachSizeIsAFailure() {
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> answer(400))) {
            assertThatThrownBy(() -> list(registry)).isInstanceOf(OciException.class);
            assertThat(registry.lines()).hasSize(2);
        }
    }

    @Test
    void registryThatPassesOverTheQuestionHasNoMore() {
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> tags(0, 100))) {
            assertThat(list(registry)).hasSize(100);
            assertThat(registry.lines()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 416})
    void registryThatRefusesTheQuestionHasNoMore(int status) {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> request.getTarget()
                .contains("last") ? answer(status) : tags(0, 50))) {
            assertThat(list(registry)).hasSize(50);
        }
    }

    /** Sorted by text as by number. */
    private static MockResponse.Builder tags(int from, int to) {
        return answer(200, IntStream.range(from, to)
                .mapToObj(i -> "\"t" + (1000 + i) + "\"")
                .collect(Collectors.joining(",", "{\"tags\":[", "]}")));
    }

    @Test
    void nextPageThatIsNotThereIsNoEndOfTheTags() {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> request.getTarget()
                .endsWith("last=a")
                        ? answer(404)
                        : tags("a").setHeader("Link", "<" + PATH + "?last=a>; rel=next"))) {
            assertThatThrownBy(() -> list(registry)).isInstanceOf(OciException.class)
                    .hasMessageContaining("cannot list tags");
        }
    }

    @Test
    void nextPageThatIsNotThereIsNoEndOfTheReferrers() {
        Descriptor listed = Descriptor.of(MediaType.IMAGE_MANIFEST, Bytes.ofUtf8("referrer"));
        String page = "/v2/test/a/referrers/" + SUBJECT;
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> request.getTarget()
                .equals(page)
                        ? index(listed).setHeader("Link", "<" + page + "?p=2>; rel=next")
                        : answer(404))) {
            assertThatThrownBy(() -> referrers(registry)).isInstanceOf(OciException.class)
                    .hasMessageContaining("cannot list referrers");
        }
    }

    /** GHCR sends the question to its web pages, on another host. */
    @Test
    void referrersThatAreRedirectedToAWebSiteAreLookedForUnderTheFallbackTag() {
        Descriptor listed = Descriptor.of(MediaType.IMAGE_MANIFEST, Bytes.ofUtf8("referrer"));
        try (ScriptedRegistry site = new ScriptedRegistry(_ -> answer(429));
                ScriptedRegistry registry = new ScriptedRegistry(request -> request.getTarget()
                        .contains("/referrers/")
                                ? answer(303).setHeader("Location", site.uri("/-/v2/").toString())
                                : index(listed), site.origin())) {
            assertThat(referrers(registry)).extracting(Descriptor::digest)
                    .containsExactly(listed.digest());
            assertThat(site.lines()).isEmpty();
        }
    }

    @Test
    void referrersThatMovedAreFollowed() {
        Descriptor listed = Descriptor.of(MediaType.IMAGE_MANIFEST, Bytes.ofUtf8("referrer"));
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> request.getTarget()
                .startsWith("/v2/")
                        ? answer(307).setHeader("Location", "/moved")
                        : index(listed))) {
            assertThat(referrers(registry)).hasSize(1);
        }
    }

    /** So that a copy of many manifests need not ask for the fallback tag of each. */
    @Test
    void registryWithoutTheApiKeepsReferrersUnderTagsAndIsAskedOnce() {
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> answer(404))) {
            RemoteRepository client = registry.client();
            assertThat(client.referrerLister().orElseThrow().keptUnderTags()).isTrue();
            assertThat(client.referrerLister().orElseThrow().keptUnderTags()).isTrue();
            assertThat(registry.lines()).hasSize(1);
        }
    }

    /** An unknown repository says nothing about what the registry can. */
    @ParameterizedTest
    @ValueSource(strings = {"NAME_UNKNOWN", "MANIFEST_UNKNOWN"})
    void registryThatCannotTellYetIsTakenToHaveTheApi(String code) {
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> answer(404,
                "{\"errors\":[{\"code\":\"" + code + "\"}]}"))) {
            assertThat(registry.client().referrerLister().orElseThrow().keptUnderTags()).isFalse();
        }
    }

    @Test
    void registryWithTheApiKeepsNoReferrersUnderTags() {
        Descriptor listed = Descriptor.of(MediaType.IMAGE_MANIFEST, Bytes.ofUtf8("referrer"));
        try (ScriptedRegistry registry = new ScriptedRegistry(_ -> index(listed))) {
            assertThat(registry.client().referrerLister().orElseThrow().keptUnderTags()).isFalse();
        }
    }

    private static List<Tag> list(ScriptedRegistry registry) {
        try (Stream<Tag> tags = registry.client().tags()) {
            return tags.toList();
        }
    }

    private static List<Descriptor> referrers(ScriptedRegistry registry) {
        try (Stream<Descriptor> found = registry.client()
                .referrerLister()
                .orElseThrow()
                .referrers(SUBJECT)) {
            return found.toList();
        }
    }

    private static MockResponse.Builder tags(String tag) {
        return answer(200, "{\"name\":\"test/a\",\"tags\":[\"" + tag + "\"]}");
    }

    private static MockResponse.Builder index(Descriptor listed) {
        return answer(200, """
                {"schemaVersion":2,"mediaType":"%s","manifests":[
                {"mediaType":"%s","digest":"%s","size":%d}]}""".formatted(MediaType.IMAGE_INDEX
                .value(), listed.mediaType().value(), listed.digest(), listed.size()))
                .setHeader("Content-Type", MediaType.IMAGE_INDEX.value());
    }
}
