package dev.chandlery.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.manager.transfer.Shelf;
import dev.chandlery.manager.transfer.Shelf.Outcome;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.Tag;
import dev.chandlery.testkit.Samples;
import dev.chandlery.testkit.hostile.Answer;
import dev.chandlery.testkit.hostile.HostileRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the embedded registry of a folder to that of another. */
class MigrateCommandTest {
    private static final String HELLO = "test/tools/hello";
    private static final String CONFIG = """
            # where tools are
            primary_registry:
              url: "embedded"     # for now
              namespace: test
              storage: registry
            backup_registries: [{url: embedded, namespace: spare, storage: registry}]
            """;

    @TempDir
    Path folder;
    private Shelf shelf = new Shelf(Path.of("."));
    private String to = "";

    @BeforeEach
    void publish() throws IOException {
        shelf = new Shelf(folder);
        shelf.configure(CONFIG);
        to = "embedded:" + folder.resolve("target");
        shelf.ask("registry", HELLO, repository -> {
            Shelf.version(repository, "1.9");
            Shelf.version(repository, "1.10");
            return Shelf.tag(repository, Samples.image(Samples.pushEmpty(repository)), "latest");
        });
    }

    @Test
    void everythingIsCopiedOnceWithWhatIsAttached() throws IOException {
        Outcome first = shelf.manager("migrate", "--to", to, "--verify", "-o", "json");
        Outcome second = shelf.manager("migrate", "--to", to, "-o", "json");

        assertThat(first.code()).as(first.err()).isZero();
        JsonNode report = json(first);
        assertThat(report.path("status").asText()).isEqualTo("done");
        assertThat(report.at("/summary/tags_changed").asInt()).isEqualTo(7);
        assertThat(report.at("/verified/manifests").asInt()).isEqualTo(9);
        assertThat(report.at("/repositories/0/repository").asText()).isEqualTo("tools/hello");
        assertThat(there("tools/hello")).isEqualTo(shelf.ask("registry", HELLO, Shelf::tags));
        long attached = shelf.ask("target", "tools/hello", r -> Shelf.referrers(r,
                "v1.10-linux-x86_64"));
        assertThat(attached).isEqualTo(1);
        assertThat(json(second).path("status").asText()).isEqualTo("nothing-to-do");
        assertThat(json(second).at("/summary/bytes_sent").asLong()).isZero();
        assertThat(json(second).at("/summary/tags_unchanged").asInt()).isEqualTo(7);
    }

    @Test
    void aDryRunTellsAndWritesNothing() throws IOException {
        Outcome outcome = shelf.manager("migrate", "--to", to, "--dry-run", "--prune",
                "--detailed-exitcode");

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.out()).contains("tools/hello", "to do", "tags 7 to copy", "to send");
        assertThat(folder.resolve("target")).doesNotExist();
        shelf.manager("migrate", "--to", to);
        Outcome after = shelf.manager("migrate", "--to", to, "--dry-run", "--detailed-exitcode");
        assertThat(after.code()).as(after.err()).isZero();
        assertThat(after.out()).startsWith("Nothing to copy").contains("7 up to date");
    }

    @Test
    void theNewestOfOnePlatformComeAsAnIndexOfIt() {
        Outcome outcome = shelf.manager("migrate", "--to", to, "--latest", "1", "--platform",
                "linux/amd64", "--no-referrers");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("1 without these platforms");
        assertThat(there("tools/hello")).containsOnlyKeys("v1.10", "v1.10-linux-x86_64");
        shelf.ask("target", "tools/hello", repository -> {
            var index = (ImageIndex) repository.findManifest(new Tag("v1.10"))
                    .orElseThrow()
                    .manifest();
            assertThat(index.manifests()).extracting(Descriptor::digest)
                    .containsExactly(repository.resolve(new Tag("v1.10-linux-x86_64")).digest());
            assertThat(Shelf.referrers(repository, "v1.10-linux-x86_64")).isZero();
            return true;
        });
    }

    @Test
    void repositoriesAreChosenByName() {
        shelf.ask("registry", "test/charts/web", r -> Shelf.version(r, "3.0"));

        Outcome outcome = shelf.manager("migrate", "--to", to, "--include", "charts/*", "--tags",
                "v3.*", "--exclude", "tools/*");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(there("charts/web")).containsOnlyKeys("v3.0", "v3.0-linux-x86_64",
                "v3.0-darwin-arm64");
        assertThat(there("tools/hello")).isEmpty();
    }

    @Test
    void patternsThatMatchNothingAreTold() throws IOException {
        Outcome names = shelf.manager("migrate", "--to", to, "--include", "chart/*", "--include",
                "some/where", "--exclude", "tool/*");
        Outcome tags = shelf.manager("migrate", "--to", to, "--tags", "v7.*", "-o", "json");

        assertThat(names.code()).as(names.err()).isZero();
        assertThat(names.out()).startsWith("Nothing to copy from ").contains("no tags");
        assertThat(names.err()).contains("Note: include chart/* matches no repository of ",
                "Note: exclude tool/* matches no repository of ", " has no repository some/where");
        assertThat(json(tags).at("/notes/0").asText()).startsWith("tags v7.* matches no tag of ");
        assertThat(shelf.manager("migrate", "--to", to).err()).doesNotContain("matches no");
    }

    @Test
    void aReadOnlyRegistryYamlIsNotSwitched() throws IOException {
        Path file = folder.resolve("registry.yaml");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        Outcome outcome = shelf.manager("migrate", "--to", "embedded", "--switch");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("registry.yaml: it is read-only");
        assertThat(shelf.ask("registry", "spare/tools/hello", Shelf::tags)).isEmpty();
    }

    @Test
    void whenNothingCouldBeCopiedThatIsSaid() {
        try (HostileRegistry target = HostileRegistry.start()) {
            target.always("PUT", "/v2/.*/manifests/.*", _ -> Answer.of(400));

            Outcome outcome = shelf.manager("migrate", "--to", "http://" + target.registry());

            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.out()).contains("Nothing was copied from ").doesNotContain("Copied");
            assertThat(outcome.err()).contains("answered 400 without a reason");
        }
    }

    @Test
    void whatFailsForReferrersOnlyCanBeLeftOut() {
        Descriptor attached = shelf.ask("registry", HELLO, r -> {
            Descriptor subject = Samples.plain(r.resolve(new Tag("latest")));
            return Samples.push(r, Samples.attached(subject, Samples.ARTIFACT, Map.of("of", "x")));
        });
        try (HostileRegistry target = HostileRegistry.start()) {
            target.always("PUT", "/v2/.*/manifests/" + attached.digest(), _ -> Answer.error(400,
                    "MANIFEST_INVALID"));
            String there = "http://" + target.registry();

            Outcome failed = shelf.manager("migrate", "--to", there, "--tags", "latest");
            Outcome without = shelf.manager("migrate", "--to", there, "--tags", "latest",
                    "--no-referrers");

            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.err()).contains("MANIFEST_INVALID", "Hint: ", "--no-referrers");
            assertThat(without.code()).as(without.err()).isZero();
        }
    }

    /** A right to read that was lost meanwhile must not look as if the source had nothing. */
    @Test
    void whatTheSourceRefusesIsNotPruned() {
        try (HostileRegistry source = HostileRegistry.start()) {
            source.plain().put(Bytes.ofUtf8("{}"));
            source.plain().put(Samples.image(Descriptor.EMPTY));
            String[] migrate = {"migrate", "--from", "http://" + source.registry(), "--to", to,
                    "--include", "some", "--prune", "--no-referrers"};
            assertThat(shelf.manager(migrate).code()).isZero();
            shelf.ask("target", "some", r -> Shelf.tag(r, Samples.image(Samples.pushEmpty(r)),
                    "gone"));
            source.always("HEAD", "/v2/some/manifests/gone", _ -> {
                source.always("HEAD", "/v2/some/manifests/latest", _ -> Answer.error(403,
                        "DENIED"));
                return Answer.error(403, "DENIED");
            });

            Outcome outcome = shelf.manager(migrate);

            assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
            assertThat(outcome.err()).contains("some prune: cannot ", "answered 403");
            assertThat(there("some")).containsOnlyKeys("latest", "gone");
        }
    }

    @Test
    void anotherNamespaceOfTheSameRegistryIsMounted() throws IOException {
        Outcome outcome = shelf.manager("migrate", "--to", "embedded", "-o", "json");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(json(outcome).at("/summary/bytes_sent").asLong()).isZero();
        assertThat(json(outcome).at("/summary/blobs_mounted").asLong()).isPositive();
        assertThat(shelf.ask("registry", "spare/tools/hello", Shelf::tags)).hasSize(7);
    }

    /** The second run would copy the copies, else. */
    @Test
    void whatLiesInTheTargetIsNotCopiedIntoIt() throws IOException {
        shelf.configure("""
                primary_registry: {url: embedded, namespace: test, storage: registry}
                backup_registries: [{url: embedded, namespace: test/spare, storage: registry}]
                """);
        shelf.manager("migrate", "--to", "embedded", "--include", "**");

        Outcome again = shelf.manager("migrate", "--to", "embedded", "--include", "**", "-o",
                "json");

        assertThat(json(again).path("status").asText()).isEqualTo("nothing-to-do");
        assertThat(json(again).path("repositories").findValuesAsText("repository")).containsExactly(
                "tools/hello", "tools/other");
        assertThat(shelf.ask("registry", "test/spare/tools/hello", Shelf::tags)).hasSize(7);
    }

    @Test
    void aLoginThatStaysIsTold() throws IOException {
        shelf.configure("""
                primary_registry: {url: embedded, namespace: test, storage: registry}
                backup_registries: [{url: embedded, namespace: spare, storage: registry}]
                """);
        assertThat(shelf.manager("migrate", "--to", "embedded").out()).doesNotContain(
                "change it by hand");
        try (HostileRegistry target = HostileRegistry.start()) {
            shelf.configure("""
                    primary_registry: {url: embedded, namespace: test, storage: registry}
                    backup_registries: [{url: "http://%s", namespace: n, auth_method: anonymous}]
                    """.formatted(target.registry()));
            Outcome outcome = shelf.manager("migrate", "--to", target.registry().toString(),
                    "--tags", "latest", "--switch");
            assertThat(outcome.out()).as(outcome.err())
                    .contains("was reached with auth_method: anonymous: change it by hand");
        }
    }

    @Test
    void registryYamlIsSwitchedWhenAllIsThere() throws IOException {
        String before = Files.readString(folder.resolve("registry.yaml"));

        Outcome shown = shelf.manager("migrate", "--to", "embedded");
        assertThat(shown.out()).contains("run again with --switch", "4 -   namespace: test",
                "4 +   namespace: spare", "It is one of backup_registries, too");
        assertThat(folder.resolve("registry.yaml")).hasContent(before);
        Outcome written = shelf.manager("migrate", "--to", "embedded", "--switch");

        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.out()).contains("registry.yaml is changed:");
        assertThat(Files.readString(folder.resolve("registry.yaml"))).isEqualTo(before.replaceFirst(
                "namespace: test", "namespace: spare"));
    }

    @Test
    void nobodyIsSwitchedToARegistryWithoutContent() throws IOException {
        String before = Files.readString(folder.resolve("registry.yaml"));

        Outcome outcome = shelf.manager("migrate", "--to", "embedded", "--tags", "none",
                "--switch");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("left as it is, as there was nothing to copy");
        assertThat(folder.resolve("registry.yaml")).hasContent(before);
    }

    @Test
    void whatTheSourceLacksIsPruned() {
        shelf.manager("migrate", "--to", to);
        shelf.ask("target", "tools/hello", r -> Shelf.version(r, "0.1"));
        Digest kept = shelf.ask("target", "elsewhere", r -> Shelf.version(r, "0.1"));

        Outcome dry = shelf.manager("migrate", "--to", to, "--prune", "--dry-run");
        assertThat(dry.out()).contains("3 to remove");
        assertThat(there("tools/hello")).hasSize(10);
        assertThat(shelf.manager("migrate", "--to", to, "--prune", "--tags", "v9*").code())
                .isZero();
        assertThat(there("tools/hello")).hasSize(10);
        Outcome pruned = shelf.manager("migrate", "--to", to, "--prune");

        assertThat(pruned.code()).as(pruned.err()).isZero();
        assertThat(pruned.out()).contains("3 removed");
        assertThat(there("tools/hello")).hasSize(7).doesNotContainKey("v0.1");
        assertThat(there("elsewhere").values()).contains(kept);
    }

    @Test
    void anEmptySourceIsNotBelieved() {
        shelf.ask("target", "tools/other", r -> Shelf.version(r, "1.0"));

        Outcome kept = shelf.manager("migrate", "--to", to, "--prune");
        assertThat(kept.code()).as(kept.err()).isZero();
        assertThat(kept.err()).contains("tools/other: the source has no tags; 3 at the target");
        assertThat(there("tools/other")).hasSize(3);
        assertThat(shelf.manager("migrate", "--to", to, "--prune", "--prune-empty").code())
                .isZero();
        assertThat(there("tools/other")).isEmpty();
    }

    /** A registry may list less than it has, or have got it only now. */
    @Test
    void whatTheSourceHasThoughItWasNotListedIsKept() {
        try (HostileRegistry source = HostileRegistry.start()) {
            source.plain().put(Bytes.ofUtf8("{}"));
            source.plain().tag(Samples.image(Descriptor.EMPTY), "late");
            String[] migrate = {"migrate", "--from", "http://" + source.registry(), "--to", to,
                    "--include", "some", "--prune"};
            shelf.manager(migrate);
            shelf.ask("target", "some", r -> Shelf.tag(r, Samples.image(Samples.pushEmpty(r)),
                    "gone"));
            source.always("GET", "/v2/some/tags/list", _ -> Answer.of(200,
                    "{\"tags\":[\"latest\"]}"));

            Outcome outcome = shelf.manager(migrate);

            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(there("some")).containsOnlyKeys("latest", "late");
        }
    }

    @Test
    void whatToUseForLayoutsIsTold() {
        for (String layout : List.of("oci:some/folder", "oci-archive:some/folder", "./some/folder",
                "/some/folder", "tools.tar")) {
            Outcome outcome = shelf.manager("migrate", "--to", layout);
            assertThat(outcome.code()).isEqualTo(2);
            assertThat(outcome.err()).contains("is no registry but a layout", "manager export --to "
                    + layout.replaceFirst("oci.*:", "") + " writes it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "migrate --to primary", "migrate --to a:b:c",
            "migrate --to user@ghcr.io", "migrate --to GHCR.io/Acme", "migrate --to x --jobs 0",
            "migrate --to x --latest 0", "migrate --to x --include a//b",
            "migrate --to x --platform amiga", "migrate --to x --prune-empty",
            "migrate --from embedded:/nowhere --to x.example --switch",
            "migrate --to embedded:/nowhere --switch", "mirror nothing"})
    void wrongUseIsExitCodeTwo(String arguments) {
        Outcome outcome = shelf.manager(arguments.split(" ", -1));

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("Error: ");
        assertThat(outcome.out()).isEmpty();
    }

    private SortedMap<String, Digest> there(String repository) {
        return shelf.ask("target", repository, Shelf::tags);
    }

    private static JsonNode json(Outcome outcome) throws IOException {
        return new JsonMapper().readTree(outcome.out());
    }
}
