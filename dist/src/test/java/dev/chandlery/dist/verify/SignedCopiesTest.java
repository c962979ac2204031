package dev.chandlery.dist.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.dist.verify.Shop.Outcome;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Deleter;
import dev.chandlery.testkit.Samples;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.trust.publication.EvidenceKind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever content enters a registry or a layout, tools must be signed, if the configuration asks for it. */
class SignedCopiesTest {
    private static final String SIGNED = "signing: {key: \"${file:own.pem}\"}\n";
    private static final String PLACES = """
            backup_registries: [{url: embedded, namespace: spare, storage: spare}]
            mirrors: {near: {target: {url: embedded, storage: near}}}
            """;
    private static final String REQUIRED = "security: {signature_verification: true}\n";

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private Shop shop = new Shop(Path.of("."), site);

    @BeforeEach
    void furnish() throws IOException {
        shop = new Shop(folder, site);
        shop.release();
        shop.keys("own");
        shop.config("embedded", SIGNED);
        assertThat(shop.publish().code()).isZero();
        shop.config("embedded", SIGNED + PLACES + REQUIRED);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void whatIsSignedComesEverywhere() {
        tagUnsigned("drift-v1.0.0-linux-x86_64");
        tagUnsigned("sha256-" + "a".repeat(64) + ".sig");

        for (Outcome outcome : new Outcome[]{shop.publish(), shop.manager("mirror"), export(), shop
                .manager("import", tar(), "--to", to("imported")), shop.manager("migrate", "--to",
                        to("moved"))}) {
            assertThat(outcome.code()).as(outcome.all()).isZero();
            assertThat(outcome.all()).doesNotContain("cannot trust");
        }
    }

    @Test
    void whatIsNotSignedIsRefusedEverywhere() throws IOException {
        unsign(new Tag("v1.0.0"));

        refused(shop.manager("mirror", "near"), 3);
        refused(shop.manager("mirror", "embedded/spare"), 3);
        refused(shop.manager("migrate", "--to", to("moved")), 3);
        refused(export(), 1);
        assertThat(folder.resolve("all.tar")).doesNotExist();
        shop.config("embedded", SIGNED + PLACES);
        assertThat(export().code()).isZero();
        shop.config("embedded", SIGNED + PLACES + REQUIRED);
        Outcome imported = shop.manager("import", tar(), "--to", to("imported"));
        refused(imported, 1);
        assertThat(imported.err()).contains("nothing was written", "tools/hello:v1.0.0: ");
    }

    @Test
    void backupsOfAPublicationGetOnlyWhatIsSigned() throws IOException {
        shop.keys("other");
        shop.config("embedded", "signing: {public_keys: [other.pub]}\n" + PLACES + REQUIRED);

        Outcome outcome = shop.publish();

        assertThat(outcome.code()).as(outcome.all()).isZero();
        assertThat(outcome.all()).contains("Nothing to publish",
                "Warning: backup embedded/spare: cannot trust v1.0.0 of");
        shop.config("embedded", "signing: {public_keys: [other.pub, own.pub]}\n" + PLACES
                + REQUIRED);
        assertThat(shop.publish().all()).contains("Backup embedded/spare: 3 tags copied");
    }

    private static void refused(Outcome outcome, int code) {
        assertThat(outcome.code()).as(outcome.all()).isEqualTo(code);
        assertThat(outcome.err()).contains("cannot trust sha256:", "expected a signature by",
                "got none");
    }

    private Outcome export() {
        return shop.manager("export", "--to", tar());
    }

    private String tar() {
        return folder.resolve("all.tar").toString();
    }

    private String to(String name) {
        return "embedded:" + folder.resolve(name);
    }

    private void unsign(Tag tag) {
        shop.ask(repository -> {
            Deleter deleter = repository.deleter().orElseThrow();
            for (Descriptor each : Shop.referrers(repository, repository.resolve(tag).digest())) {
                if (EvidenceKind.of(each).filter(EvidenceKind.SIGNATURE::equals).isPresent()) {
                    deleter.delete(each);
                }
            }
            return true;
        });
    }

    private void tagUnsigned(String tag) {
        shop.ask(repository -> {
            Descriptor layer = Samples.pushBlob(repository, Bytes.ofUtf8(tag));
            Descriptor pushed = Samples.push(repository, Samples.image(Samples.pushEmpty(
                    repository),
                    layer));
            repository.tag(pushed, new Tag(tag));
            return true;
        });
    }
}
