package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each MUST of distribution-spec v1.1.1, Listing Tags; referrers have a test of their own. */
@ExtendWith(SpecRegistry.class)
final class SpecContentDiscoveryTest {
    private RunningRegistry registry;
    private SpecRepository repository;

    @BeforeEach
    void choose(SpecRepository unused) {
        repository = unused;
        registry = unused.registry();
        // Of one case, in which this version's order and that of bytes, which later versions allow, agree.
        for (String tag : new String[]{"v2", "b", "v10", "a", "1", "v1"}) {
            repository.pushImage(tag);
        }
    }

    @Nested
    @DisplayName("Listing Tags:")
    final class ListingTags {

        @Test
        @DisplayName("assuming a repository is found, MUST return 200 OK")
        void answers200() {
            assertThat(repository.get("tags/list").statusCode()).isEqualTo(200);
            SpecRepository untagged = SpecRepository.unused(registry);
            untagged.push(Manifests.IMAGE, untagged.image(""));
            assertThat(untagged.get("tags/list").statusCode()).as("no tags").isEqualTo(200);
        }

        @Test
        @DisplayName("the tags MUST be in lexical order")
        void listsInOrder() {
            assertThat(tags("tags/list")).containsExactly("1", "a", "b", "v1", "v10", "v2");
        }

        @Test
        @DisplayName("the response MUST be a JSON body in the format")
        void listsInTheFormat() {
            JsonNode body = SpecRepository.json(repository.get("tags/list"));
            assertThat(body.properties()).hasSize(2);
            assertThat(body.get("name").textValue()).isEqualTo(repository.name());
            assertThat(body.get("tags").isArray()).isTrue();
            assertThat(body.get("tags")).allMatch(JsonNode::isTextual);
        }

        @Test
        @DisplayName("with n, the response MUST include <int> results")
        void listsAsManyAsAreAsked() {
            for (int n = 1; n <= 6; n++) {
                assertThat(tags("tags/list?n=" + n)).hasSize(n);
            }
            assertThat(tags("tags/list?n=7")).as("the repository has six").hasSize(6);
        }

        @Test
        @DisplayName("Link MUST be set according to RFC 5988 with rel=\"next\"")
        void linksToTheNext() {
            HttpResponse<String> first = repository.get("tags/list?n=4");
            HttpResponse<String> second = registry.call("GET", SpecRepository.next(first)).send();
            assertThat(tags(second)).containsExactly("v10", "v2");
            assertThat(second.headers().firstValue("Link")).isEmpty();
        }

        @Test
        @DisplayName("when n is zero, MUST return an empty list")
        void listsNothing() {
            HttpResponse<String> answer = repository.get("tags/list?n=0");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(tags(answer)).isEmpty();
        }

        @Test
        @DisplayName("when n is zero, MUST NOT include a Link header")
        void linksToNothing() {
            assertThat(repository.get("tags/list?n=0").headers().firstValue("Link")).isEmpty();
            assertThat(repository.get("tags/list?n=0&last=a").headers().firstValue("Link"))
                    .isEmpty();
        }

        @Test
        @DisplayName("with n, the tags MUST be in lexical order, from the beginning")
        void listsAPageInOrder() {
            assertThat(tags("tags/list?n=3")).containsExactly("1", "a", "b");
        }

        @Test
        @DisplayName("<tagname> MUST NOT be a numerical index, it MUST be a proper tag")
        void takesANumberAsATag() {
            assertThat(tags("tags/list?last=1")).containsExactly("a", "b", "v1", "v10", "v2");
            assertThat(tags("tags/list?last=a")).containsExactly("b", "v1", "v10", "v2");
        }

        @Test
        @DisplayName("with n and last, the tags MUST be in lexical order")
        void listsTheNextPageInOrder() {
            assertThat(tags("tags/list?n=3&last=a")).containsExactly("b", "v1", "v10");
        }

        private List<String> tags(String target) {
            return tags(repository.get(target));
        }

        private List<String> tags(HttpResponse<String> answer) {
            List<String> tags = new ArrayList<>();
            SpecRepository.json(answer).get("tags").forEach(tag -> tags.add(tag.textValue()));
            return tags;
        }
    }
}
