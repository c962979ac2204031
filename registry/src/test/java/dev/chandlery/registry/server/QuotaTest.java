package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.registry.access.RepositoryPattern;
import dev.chandlery.registry.hook.Change;
import dev.chandlery.registry.hook.RegistryHook;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.limit.Quota;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a repository may hold. */
final class QuotaTest {
    @TempDir
    private Path storage;

    @Test
    void aQuotaIsNotExceededAndOtherRepositoriesAreFree() {
        Quota quota = new Quota(RepositoryPattern.parse("small/**"), 1000);
        try (RunningRegistry registry = RunningRegistry.start(storage, ServerOptions.loopback(
                PortChoice.ANY)
                .withPolicies(
                        Policies.DEFAULTS.withQuotas(List.of(quota))))) {
            Bytes half = Bytes.of(new byte[600]);
            Bytes rest = Bytes.of(new byte[500]);
            registry.client().pushBlob("small/a", half);
            registry.client().pushBlob("small/a", half);
            registry.client().pushBlob("small/b", rest);
            HttpResponse<String> refused = registry.call("POST",
                    "/v2/small/a/blobs/uploads/?digest=" + rest.digest()).body(rest).send();
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("DENIED", "400 bytes that its quota leaves");
            assertThat(registry.call("POST", "/v2/small/a/blobs/uploads/?mount=" + rest.digest()
                    + "&from=small/b").send().statusCode()).isEqualTo(403);
            assertThat(registry.call("HEAD", "/v2/small/a/blobs/" + rest.digest())
                    .send()
                    .statusCode()).isEqualTo(404);
            registry.call("DELETE", "/v2/small/a/blobs/" + half.digest()).send();
            registry.client().pushBlob("small/a", rest);
            registry.client().pushBlob("large", Bytes.of(new byte[5000]));
        }
    }

    @Test
    void anUploadEndsWhereItsQuotaDoes() {
        Quota quota = new Quota(RepositoryPattern.parse("small/**"), 100_000);
        try (RunningRegistry registry = RunningRegistry.start(storage, ServerOptions.loopback(
                PortChoice.ANY)
                .withPolicies(
                        Policies.DEFAULTS.withQuotas(List.of(quota))))) {
            registry.client().pushBlob("small/a", Bytes.of(new byte[60_000]));
            String upload = registry.call("POST", "/v2/small/a/blobs/uploads/")
                    .send()
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(registry.call("PATCH", upload)
                    .body(Bytes.of(new byte[30_000]))
                    .send()
                    .statusCode()).isEqualTo(202);
            HttpResponse<String> refused = registry.call("PATCH", upload)
                    .body(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(
                            new byte[10_001]))) // of a length that it does not tell
                    .send();
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("DENIED", "40000 bytes that its quota leaves");
            assertThat(registry.call("GET", upload).send().statusCode()).isEqualTo(404);
            assertThat(registry.staged()).isEmpty();
            registry.client().pushBlob("small/a", Bytes.of(new byte[40_000]));
            registry.client().pushBlob("small/a", Bytes.of(new byte[60_000]));
        }
    }

    @Test
    void whatIsThereAlreadyTakesNothingOfAQuota() {
        Quota quota = new Quota(RepositoryPattern.parse("small/**"), 1000);
        Bytes half = Bytes.of(new byte[600]);
        AtomicReference<PlainClient> client = new AtomicReference<>();
        RegistryHook meanwhile = new RegistryHook() {
            @Override
            public Optional<String> before(Change change) {
                PlainClient other = client.get();
                if (other != null && change.target().equals(half.digest().toString())) {
                    other.pushBlob("small/a", Bytes.of(new byte[400]));
                }
                return Optional.empty();
            }
        };
        try (RunningRegistry registry = RunningRegistry.start(storage, ServerOptions.loopback(
                PortChoice.ANY)
                .withPolicies(
                        Policies.DEFAULTS.withQuotas(List.of(quota))
                                .withHooks(List.of(meanwhile))))) {
            registry.client().pushBlob("small/a", half);
            client.set(registry.client());
            registry.client().pushBlob("small/a", half);
            assertThat(registry.call("POST", "/v2/small/a/blobs/uploads/?digest=" + Bytes.ofUtf8(
                    "x").digest()).body(Bytes.ofUtf8("x")).send().statusCode()).isEqualTo(403);
        }
    }
}
