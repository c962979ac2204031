package dev.chandlery.dist.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.dist.verify.Forger.Forgery;
import dev.chandlery.dist.verify.Shop.Outcome;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.json.ImageConfig;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.trust.key.Password;
import dev.chandlery.trust.key.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody may write to the registry: what is found though nothing is signed, and what a signature adds. */
class TamperedRegistryTest {
    private static final Tag FIRST = new Tag("v1.0.0");
    private static final Tag SECOND = new Tag("v1.1.0");
    private static final Tag LINUX = new Tag("v1.0.0-linux-x86_64");
    private static final Bytes EVIL = Bytes.ofUtf8("#!/bin/sh\necho evil\n");

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private Shop shop = new Shop(Path.of("."), site);

    @BeforeEach
    void furnish() throws IOException {
        shop = new Shop(folder, site);
        shop.release("1.0.0");
        shop.release("1.1.0");
        shop.keys("own");
    }

    @AfterEach
    void close() {
        site.close();
    }

    private void publish(String more) throws IOException {
        shop.config("embedded", more, "1.0.0", "1.1.0");
        Outcome outcome = shop.publish();
        assertThat(outcome.code()).as(outcome.all()).isZero();
        assertThat(shop.manager("verify", "hello@1.0.0").code()).isZero();
    }

    /** What it names is signed, and all of its evidence is good. */
    @Test
    void aTagThatWasMovedToAnotherVersionIsFound() throws IOException {
        publish("signing: {key: \"${file:own.pem}\"}\nsecurity: {signature_verification: true}\n");
        shop.ask(repository -> {
            repository.tag(repository.resolve(FIRST), SECOND);
            return true;
        });

        assertThat(refused("name", "hello@1.1.0")).contains("expected 1.1.0", "got 1.0.0");
        assertThat(refused("name", "tools/hello:v1.1.0")).contains("expected 1.1.0");
        assertThat(shop.manager("verify", "hello@1.0.0").code()).isZero();
        Outcome pull = shop.manager("pull", "hello@1.1.0", "--platform", "linux-x86_64", "-o",
                folder.resolve("pulled").toString());
        assertThat(pull.code()).isEqualTo(1);
        assertThat(pull.err()).contains("1.1.0", "1.0.0");
        assertThat(folder.resolve("pulled")).doesNotExist();
    }

    @Test
    void aPlatformOfAnotherVersionInTheIndexIsFound() throws IOException {
        publish("");
        shop.ask(repository -> {
            Descriptor other = repository.resolve(new Tag("v1.1.0-linux-x86_64"));
            new Forger(repository).exchange(FIRST, LINUX, other);
            return true;
        });

        assertThat(refused("name", "hello@1.0.0")).contains("Problem in name of linux-x86_64",
                "expected 1.0.0", "got 1.1.0");
    }

    @Test
    void aPlatformThatIsNotThereIsNotVerified() throws IOException {
        publish("");

        Outcome outcome = shop.manager("verify", "hello@1.0.0", "--platform",
                "linux-x86_64,windows-x86_64");

        assertThat(outcome.code()).as(outcome.all()).isNotZero();
        assertThat(outcome.out()).contains("expected [windows-x86_64]");
        assertThat(shop.manager("verify", "hello@1.0.0", "--platform", "windows-x86_64").code())
                .isEqualTo(1);
    }

    @Test
    void anotherEntrypointIsFound() throws IOException {
        publish("");
        forge(forger -> Forgery.of(image -> withConfig(forger, image, config(image, "/bin/sh"))));

        assertThat(refused("packing", "hello@1.0.0")).contains("the config, made again");
        assertThat(shop.manager("verify", "hello@1.1.0").code()).isZero();
    }

    @Test
    void aLayerOnTopIsFound() throws IOException {
        publish("");
        forge(this::withLayerOnTop);

        assertThat(refused("packing", "hello@1.0.0")).contains("the layers, packed again");
    }

    /** Provenance that says that nothing was packed, so that nothing need be packed again. */
    @Test
    void anImageThatClaimsToBeUpstreamsFileIsFound() throws IOException {
        publish("");
        forge(forger -> {
            Forgery layers = withLayerOnTop(forger);
            return new Forgery(layers.image(), layers.sbom(), text -> text.replace(
                    "\"package\":\"oci\"", "\"package\":\"upstream\""));
        });

        assertThat(refused("packing", "hello@1.0.0")).contains("must be the only one");
    }

    @Test
    void anAssetThatIsTakenOutOfTheEvidenceIsMissed() throws IOException {
        publish("");
        shop.ask(repository -> {
            new Forger(repository).rob(LINUX, name -> name.startsWith("hello-"));
            return true;
        });

        assertThat(refused("provenance", "hello@1.0.0")).contains(
                "upstream's file among the evidence");
    }

    /** Of what anybody may attach, that which is signed counts; a rung that rose leaves old evidence. */
    @Test
    void evidenceThatBelongsToNothingDoesNoHarm() throws IOException {
        publish("signing: {key: \"${file:own.pem}\"}\nsecurity: {signature_verification: true}\n");
        shop.ask(repository -> {
            Forger forger = new Forger(repository);
            for (int i = 0; i < 5; i++) {
                forger.attachMore(LINUX, "copy " + i);
            }
            return true;
        });

        Outcome outcome = shop.manager("verify", "hello@1.0.0");
        assertThat(outcome.code()).as(outcome.all()).isZero();
    }

    /** Published without a signature, then with one: both evidences are attached, in no order. */
    @Test
    void aVersionThatRoseInTrustIsVerified() throws IOException {
        publish("signing: {key: \"${file:own.pem}\"}\n");
        SigningKey key = SigningKey.read(Bytes.of(Files.readAllBytes(folder.resolve("own.pem"))),
                Password.none(), "own");
        for (String platform : Shop.PLATFORMS) {
            String signature = Base64.getEncoder()
                    .encodeToString(key.sign(Bytes.of(Shop.script(platform))).toArray());
            site.put("/hello/1.0.0/hello-" + platform + ".sig", signature.getBytes(
                    StandardCharsets.UTF_8));
        }
        Path config = folder.resolve("registry.yaml");
        Files.writeString(config, Files.readString(config)
                .replace("      http:",
                        "      verify: [{sigstore: {key_files: [own.pub], signature: '{asset}.sig'}}]\n"
                                + "      http:"));

        assertThat(shop.manager("verify", "hello@1.0.0").code()).isEqualTo(3);
        Outcome outcome = shop.publish("--version", "1.0.0", "--force");
        assertThat(outcome.code()).as(outcome.all()).isZero();

        Outcome verified = shop.manager("verify", "hello@1.0.0");
        assertThat(verified.code()).as(verified.all()).isZero();
        assertThat(verified.out()).contains("signature, asked for");
    }

    private void forge(Function<Forger, Forgery> forgery) {
        shop.ask(repository -> {
            Forger forger = new Forger(repository);
            forger.forge(FIRST, LINUX, forgery.apply(forger));
            return true;
        });
    }

    private Forgery withLayerOnTop(Forger forger) {
        Bytes tar = tar("bin/hello", EVIL);
        String sbom = """
                {"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"file",\
                "name":"bin/hello","hashes":[{"alg":"SHA-256","content":"%s"}]}]}""".formatted(EVIL
                .digest()
                .encoded());
        return new Forgery(image -> {
            List<Descriptor> layers = new ArrayList<>(image.layers());
            Descriptor layer = forger.blob(Descriptor.of(MediaType.IMAGE_LAYER_TAR_GZIP, gzip(tar)),
                    gzip(tar));
            layers.add(layer);
            List<Digest> ids = List.of(diffId(image), tar.digest());
            return new ImageManifest(image.mediaType(), image.artifactType(), forger.blob(image
                    .config(), new ImageConfig(Platform.parse("linux/amd64"), null, List.of(
                            "/bin/hello"), List.of(), ids).write()), layers, null, image
                                    .annotations());
        }, _ -> sbom, text -> text);
    }

    private static Digest diffId(ImageManifest image) {
        return Digest.parse(image.layers()
                .getFirst()
                .annotations()
                .getOrDefault(Annotations.ORAS_CONTENT_DIGEST, ""));
    }

    private static Bytes config(ImageManifest image, String entrypoint) {
        return new ImageConfig(Platform.parse("linux/amd64"), null, List.of(entrypoint), List.of(),
                List.of(diffId(image))).write();
    }

    private static ImageManifest withConfig(Forger forger, ImageManifest image, Bytes config) {
        return new ImageManifest(image.mediaType(), image.artifactType(), forger.blob(image
                .config(), config), image.layers(), null, image.annotations());
    }

    private static Bytes tar(String name, Bytes content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8
                .name())) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.size());
            tar.putArchiveEntry(entry);
            tar.write(content.toArray());
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Bytes.of(out.toByteArray());
    }

    private static Bytes gzip(Bytes content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content.toArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Bytes.of(out.toByteArray());
    }

    private String refused(String check, String name) {
        Outcome outcome = shop.manager("verify", name);
        assertThat(outcome.code()).as(outcome.all()).isIn(1, 3);
        assertThat(outcome.out()).contains("Problem in " + check + " of ", "NOT VERIFIED");
        return outcome.out().replaceAll("\\s+", " ");
    }
}
