package dev.chandlery.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.manager.transfer.Shelf;
import dev.chandlery.manager.transfer.Shelf.Outcome;
import dev.chandlery.oci.Digest;
import dev.chandlery.testkit.DistributionRegistry;
import dev.chandlery.testkit.RegistryOptions;
import dev.chandlery.testkit.hostile.Answer;
import dev.chandlery.testkit.hostile.HostileRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To and from registries that are not ours, good and bad. */
class MigrateIT {
    private static final String HELLO = "test/tools/hello";
    private static final String OTHER = "test/tools/other";

    @TempDir
    Path folder;
    private Shelf shelf = new Shelf(Path.of("."));

    @BeforeEach
    void publish() throws IOException {
        shelf = new Shelf(folder);
        shelf.configure("primary_registry: {url: embedded, namespace: test, storage: registry}");
        shelf.ask("registry", HELLO, r -> {
            Shelf.version(r, "1.9");
            return Shelf.version(r, "1.10");
        });
        shelf.ask("registry", OTHER, r -> Shelf.version(r, "2.0"));
    }

    @Test
    void thereAndBackAgainNothingIsLost() throws IOException {
        try (DistributionRegistry distribution = DistributionRegistry.start(RegistryOptions.OPEN)) {
            String far = distribution.registry() + "/far/away";
            Outcome there = shelf.manager("migrate", "--to", far, "--verify");
            Outcome again = shelf.manager("migrate", "--to", far, "-o", "json");
            Outcome back = shelf.manager("migrate", "--from", far, "--to", "embedded:" + folder
                    .resolve("back"), "--verify", "--include", "**");

            assertThat(there.code()).as(there.err()).isZero();
            assertThat(json(again).path("status").asText()).isEqualTo("nothing-to-do");
            assertThat(back.code()).as(back.err()).isZero();
            for (String tool : new String[]{"hello", "other"}) {
                SortedMap<String, Digest> before = shelf.ask("registry", "test/tools/" + tool,
                        Shelf::tags);
                assertThat(Shelf.ask(distribution.registry(), "far/away/tools/" + tool,
                        Shelf::tags)).isEqualTo(before);
                assertThat(shelf.ask("back", "tools/" + tool, Shelf::tags)).isEqualTo(before);
            }
            long attached = shelf.ask("back", "tools/hello", r -> Shelf.referrers(r,
                    "v1.10-linux-x86_64"));
            assertThat(attached).isEqualTo(1);
        }
    }

    @Test
    void tagsAreRemovedWithTheirManifestsWhereThatIsTheOnlyWay() {
        try (DistributionRegistry distribution = DistributionRegistry.start(RegistryOptions.OPEN)) {
            String far = distribution.registry().toString();
            Shelf.ask(distribution.registry(), "tools/hello", r -> Shelf.version(r, "0.1"));

            Outcome pruned = shelf.manager("migrate", "--to", far, "--prune");

            assertThat(pruned.code()).as(pruned.err()).isZero();
            assertThat(Shelf.ask(distribution.registry(), "tools/hello", Shelf::tags)).isEqualTo(
                    shelf.ask("registry", HELLO, Shelf::tags));
        }
    }

    @Test
    void aRegistryThatDoesNotDeleteIsTold() {
        try (DistributionRegistry distribution = DistributionRegistry.start(RegistryOptions.OPEN
                .withDeletes(false))) {
            Shelf.ask(distribution.registry(), "tools/hello", r -> Shelf.version(r, "0.1"));

            Outcome pruned = shelf.manager("migrate", "--to", distribution.registry().toString(),
                    "--prune");

            assertThat(pruned.code()).as(pruned.err()).isEqualTo(3);
            assertThat(pruned.err()).contains("tools/hello prune: cannot delete");
            assertThat(Shelf.ask(distribution.registry(), "tools/hello", Shelf::tags)).hasSize(9);
        }
    }

    @Test
    void whatFailsKeepsNothingElseFromBeingCopiedAndNothingIsPrunedOrSwitched()
            throws IOException {
        String config = Files.readString(folder.resolve("registry.yaml"));
        try (HostileRegistry hostile = HostileRegistry.start()) {
            hostile.always("PUT", "/v2/tools/other/manifests/.*", _ -> Answer.error(400,
                    "MANIFEST_INVALID"));

            Outcome outcome = shelf.manager("migrate", "--to", hostile.registry().toString(),
                    "--prune", "--switch", "-o", "json");

            assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
            assertThat(outcome.err()).contains("Error: tools/other tag v2.0: cannot ");
            JsonNode report = json(outcome);
            assertThat(report.path("status").asText()).isEqualTo("partly");
            assertThat(report.at("/repositories/0/tags_changed").asInt()).isEqualTo(6);
            assertThat(report.at("/repositories/1/failures")).hasSize(3);
            assertThat(report.has("switch")).isFalse();
            assertThat(hostile.requests("DELETE", ".*")).isEmpty();
        }
        assertThat(folder.resolve("registry.yaml")).hasContent(config);
    }

    @Test
    void aListThatFailsIsAFailureOfThatRepository() throws IOException {
        try (HostileRegistry hostile = HostileRegistry.start()) {
            hostile.always("GET", "/v2/tools/hello/tags/list.*", _ -> Answer.error(403, "DENIED"));
            hostile.always("GET", "/v2/_catalog.*", _ -> Answer.of(404));
            String from = hostile.registry().toString();

            Outcome tools = shelf.manager("migrate", "--from", from, "--to", "embedded:" + folder
                    .resolve("x"), "-o", "json");
            Outcome globs = shelf.manager("migrate", "--from", from, "--to", "embedded:" + folder
                    .resolve("x"), "--include", "tools/*");

            assertThat(tools.code()).as(tools.err()).isEqualTo(1);
            assertThat(json(tools).at("/repositories/0/failures/0/what").asText()).isEqualTo(
                    "tags");
            assertThat(globs.code()).isEqualTo(1);
            assertThat(globs.err()).contains("does not list them", "Hint: name repositories");
        }
    }

    private static JsonNode json(Outcome outcome) throws IOException {
        return new JsonMapper().readTree(outcome.out());
    }
}
