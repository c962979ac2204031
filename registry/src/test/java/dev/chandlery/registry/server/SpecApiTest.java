package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.oci.Bytes;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each MUST of distribution-spec v1.1.1, API: error codes and warnings. */
@ExtendWith(SpecRegistry.class)
final class SpecApiTest {
    private static final List<String> CODES = List.of("BLOB_UNKNOWN", "BLOB_UPLOAD_INVALID",
            "BLOB_UPLOAD_UNKNOWN", "DIGEST_INVALID", "MANIFEST_BLOB_UNKNOWN", "MANIFEST_INVALID",
            "MANIFEST_UNKNOWN", "NAME_INVALID", "NAME_UNKNOWN", "SIZE_INVALID", "UNAUTHORIZED",
            "DENIED", "UNSUPPORTED", "TOOMANYREQUESTS");

    private RunningRegistry registry;
    private SpecRepository repository;

    @BeforeEach
    void choose(SpecRepository unused) {
        repository = unused;
        registry = unused.registry();
    }

    @Nested
    @DisplayName("Error Codes:")
    final class ErrorCodes {

        @Test
        @DisplayName("a JSON body MUST have the format")
        void answersInTheFormat() {
            for (HttpResponse<String> refused : refusals()) {
                assertThat(refused.headers().firstValue("Content-Type")).contains(
                        "application/json");
                JsonNode body = SpecRepository.json(refused);
                assertThat(body.properties()).as(refused.body()).hasSize(1);
                assertThat(body.get("errors").isArray()).as(refused.body()).isTrue();
                assertThat(body.get("errors")).as(refused.body()).isNotEmpty();
                assertThat(body.get("errors")).allSatisfy(error -> {
                    assertThat(error.get("code").isTextual()).isTrue();
                    assertThat(error.get("message").isTextual()).isTrue();
                });
            }
        }

        @Test
        @DisplayName("code MUST contain only uppercase alphabetic characters and underscores")
        void writesCodesInUppercase() {
            assertThat(refusals()).extracting(ErrorCodes::code)
                    .allMatch(code -> code.matches(
                            "[A-Z_]+"));
        }

        @Test
        @DisplayName("code MUST be one of the table")
        void writesCodesOfTheTable() {
            assertThat(refusals()).extracting(ErrorCodes::code)
                    .isSubsetOf(CODES)
                    .contains("BLOB_UNKNOWN", "BLOB_UPLOAD_INVALID", "BLOB_UPLOAD_UNKNOWN",
                            "DIGEST_INVALID", "MANIFEST_BLOB_UNKNOWN", "MANIFEST_INVALID",
                            "MANIFEST_UNKNOWN", "NAME_INVALID", "NAME_UNKNOWN", "SIZE_INVALID",
                            "DENIED", "UNSUPPORTED");
        }

        private static String code(HttpResponse<String> refused) {
            return SpecRepository.json(refused).at("/errors/0/code").asText();
        }
    }

    @Nested
    @DisplayName("Warnings:")
    final class Warnings {

        @Test
        @DisplayName("Warning MUST specify 299 and -, and MUST NOT specify a warn-date")
        void warnsInTheFormat() {
            for (HttpResponse<String> answer : answers()) {
                assertThat(answer.headers().allValues("Warning")).allMatch(warning -> warning
                        .matches("299 - \"[^\"]*\""));
            }
        }

        @Test
        @DisplayName("MUST NOT send more than 4096 bytes of warning data")
        void warnsBriefly() {
            for (HttpResponse<String> answer : answers()) {
                String all = String.join("", answer.headers().allValues("Warning"));
                assertThat(all.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
            }
        }

        private List<HttpResponse<String>> answers() {
            repository.pushImage("v1");
            return List.of(registry.call("GET", "/v2/").send(), repository.get("manifests/v1"),
                    repository.get("tags/list"), repository.get("manifests/v2"), repository.put(
                            "v2", Manifests.IMAGE, repository.image("")), repository.send(
                                    "DELETE", "manifests/v1"));
        }
    }

    private List<HttpResponse<String>> refusals() {
        List<HttpResponse<String>> refusals = new ArrayList<>();
        for (String target : new String[]{"blobs/" + SpecRepository.ABSENT, "blobs/sha256:x",
                "blobs/uploads/none", "manifests/v2", "tags/list?n=x"}) {
            refusals.add(repository.get(target));
        }
        for (String target : new String[]{"/v1/", "/v2/A/tags/list", "/v2/never/tags/list"}) {
            refusals.add(registry.call("GET", target).send());
        }
        Bytes image = repository.pushImage("v1");
        Bytes large = Bytes.ofUtf8(image.utf8() + " ".repeat(4 * 1024 * 1024));
        Bytes incomplete = Manifests.image(SpecRepository.ABSENT, 6, "");
        refusals.add(repository.put("v1", Manifests.INDEX, image));
        refusals.add(repository.put("v1", Manifests.IMAGE, large));
        refusals.add(repository.put("v1", Manifests.IMAGE, incomplete));
        refusals.add(repository.send("PATCH", "tags/list"));
        refusals.add(repository.chunk(repository.begin(), "5-9", "hello"));
        refusals.add(registry.call("POST", "/v2/packages/x/blobs/uploads/").send());
        return refusals;
    }
}
