package dev.chandlery.dist.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.testkit.ClientProgram;
import dev.chandlery.testkit.Clients;
import dev.chandlery.testkit.DistributionRegistry;
import dev.chandlery.testkit.RegistryOptions;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.trust.publication.EvidenceKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we sign and attach, as cosign, oras and openssl see it in distribution's registry. */
class SignatureByOthersIT {
    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private final DistributionRegistry registry = DistributionRegistry.start(RegistryOptions.OPEN);
    private Shop shop = new Shop(Path.of("."), site);

    @BeforeEach
    void publish() throws IOException {
        shop = new Shop(folder, site);
        shop.release();
        shop.keys("own");
        shop.keys("foreign");
        shop.config("http://" + registry.registry(), """
                signing: {key: "${file:own.pem}"}
                security: {signature_verification: true}
                """);
        Shop.Outcome outcome = shop.publish();
        assertThat(outcome.code()).as(outcome.all()).isZero();
    }

    @AfterEach
    void close() {
        registry.close();
        site.close();
    }

    private String reference(String tag) {
        return registry.registry() + "/test/tools/hello:" + tag;
    }

    @Test
    void cosignVerifiesIndexAndPlatforms() {
        try (ClientProgram cosign = Clients.assume("cosign")) {
            for (String tag : List.of("v1.0.0", "v1.0.0-linux-x86_64", "v1.0.0-darwin-arm64")) {
                cosign.run("verify", "--key", folder.resolve("own.pub").toString(),
                        "--insecure-ignore-tlog=true", "--allow-http-registry", reference(tag))
                        .requireSuccess();
                assertThat(cosign.run("verify", "--key", folder.resolve("foreign.pub").toString(),
                        "--insecure-ignore-tlog=true", "--allow-http-registry", reference(tag))
                        .exitCode()).isNotZero();
            }
            cosign.run("verify-attestation", "--key", folder.resolve("own.pub").toString(),
                    "--type", "slsaprovenance1", "--insecure-ignore-tlog=true",
                    "--allow-http-registry", reference("v1.0.0-linux-x86_64")).requireSuccess();
        }
    }

    @Test
    void orasDiscoversAllThatIsAttached() {
        try (ClientProgram oras = Clients.oras()) {
            String found = oras.run("discover", "--plain-http", "--format", "json", reference(
                    "v1.0.0-linux-x86_64")).requireSuccess().stdout();
            for (EvidenceKind kind : EvidenceKind.values()) {
                assertThat(found).contains(kind.artifactType().value());
            }
        }
    }

    @Test
    void opensslVerifiesTheSignature() throws IOException {
        try (ClientProgram oras = Clients.oras();
                ClientProgram openssl = Clients.assume(
                        "openssl")) {
            String digest = oras.run("resolve", "--plain-http", reference("v1.0.0"))
                    .requireSuccess()
                    .stdout()
                    .strip();
            JsonNode found = new JsonMapper().readTree(oras.run("discover", "--plain-http",
                    "--format", "json", reference("v1.0.0")).requireSuccess().stdout());
            String signature = found.at("/referrers/0/digest")
                    .asText(found.at(
                            "/manifests/0/digest").asText());
            oras.run("pull", "--plain-http", registry.registry() + "/test/tools/hello@" + signature,
                    "-o", folder.resolve("bundle").toString()).requireSuccess();
            JsonNode envelope = new JsonMapper().readTree(Files.readAllBytes(folder.resolve(
                    "bundle/signature.sigstore.json"))).path("dsseEnvelope");
            byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
            assertThat(new String(payload, StandardCharsets.UTF_8)).contains(digest.substring(
                    "sha256:".length()));
            Path signed = Files.write(folder.resolve("signed"), encoded(envelope.path(
                    "payloadType").asText(), payload));
            Path proof = Files.write(folder.resolve("proof"), Base64.getDecoder()
                    .decode(envelope
                            .at("/signatures/0/sig")
                            .asText()));

            openssl.run("dgst", "-sha256", "-verify", folder.resolve("own.pub").toString(),
                    "-signature", proof.toString(), signed.toString()).requireSuccess();
            Files.write(signed, Arrays.copyOf(Files.readAllBytes(signed), 10));
            assertThat(openssl.run("dgst", "-sha256", "-verify", folder.resolve("own.pub")
                    .toString(), "-signature", proof.toString(), signed.toString()).exitCode())
                    .isNotZero();
        }
    }

    @Test
    void weVerifyAndPullFromDistributionToo() {
        Shop.Outcome verified = shop.manager("verify", "hello");
        assertThat(verified.code()).as(verified.all()).isZero();
        assertThat(shop.manager("verify", reference("v1.0.0-linux-x86_64")).code()).isZero();
        assertThat(shop.manager("pull", "hello", "--platform", "linux-x86_64", "-o", folder
                .resolve("pulled")
                .toString()).code()).isZero();
        assertThat(shop.publish().out()).startsWith("Nothing to publish");
    }

    /** DSSE's pre-authentication encoding, written here anew so that it is not checked by itself. */
    private static byte[] encoded(String type, byte[] payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(("DSSEv1 " + type.length() + " " + type + " " + payload.length + " ").getBytes(
                StandardCharsets.UTF_8));
        out.write(payload);
        return out.toByteArray();
    }
}
