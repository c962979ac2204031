package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.upstream.FlawedSite;
import dev.chandlery.trust.publication.BundleTypes;
import dev.chandlery.trust.publication.EvidenceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over tools build the bundles of them. */
class BundleRunsTest {
    private static final String BOTH = "bundles: {both: [one@1.0.0, two@2.0.0]}\n";
    private static final String REPOSITORY = "test/bundles/both";
    private static final Tag LATEST = new Tag("latest");

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private TestHouse house = new TestHouse(Path.of("."), site);

    @BeforeEach
    void furnish() {
        house = new TestHouse(folder, site);
        for (String tool : List.of("one", "two")) {
            for (String version : List.of("1.0.0", "2.0.0")) {
                house.release(tool, version, BundleHouse.PLATFORMS);
            }
        }
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** Of each tool the newest version is wanted, which is 2.0.0. */
    private void config(String more) throws IOException {
        Path file = house.config("embedded", List.of("one", "two"), "[\"1.0.0\", \"2.0.0\"]",
                "[linux-x86_64, linux-aarch64]");
        Files.writeString(file, Files.readString(file).replace("versions: 5", "versions: 1")
                + more);
    }

    private static JsonNode json(Outcome outcome) throws IOException {
        return JsonMapper.builder().build().readTree(outcome.out());
    }

    private static JsonNode bundle(Outcome outcome) throws IOException {
        return json(outcome).path("bundles").path(0);
    }

    private static List<EvidenceKind> evidence(RemoteRepository repository, Digest subject) {
        try (Stream<Descriptor> found = repository.referrerLister()
                .orElseThrow()
                .referrers(subject)) {
            return found.map(EvidenceKind::of).flatMap(Optional::stream).sorted().toList();
        }
    }

    private static List<Descriptor> images(RemoteRepository repository) {
        return ((ImageIndex) Manifests.find(repository, LATEST).orElseThrow().manifest())
                .manifests();
    }

    @Test
    void aRunOverAllToolsPublishesWhatBundlesPinAndBuildsThem() throws IOException {
        config(BOTH);

        Outcome plan = house.publish("--dry-run", "--detailed-exitcode");
        Outcome planned = house.publish("--dry-run", "-o", "json");
        Outcome outcome = house.publish("-o", "json");
        Outcome again = house.publish();

        assertThat(plan.code()).as(plan.err()).isEqualTo(2);
        assertThat(plan.out()).contains("after one@1.0.0, two@2.0.0", "1 bundle to build");
        assertThat(bundle(planned).path("action").asText()).isEqualTo("build");
        assertThat(bundle(planned).path("after")).hasSize(2);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(bundle(outcome).path("result").asText()).isEqualTo("built");
        assertThat(json(outcome).path("summary").path("bundles_built").asInt()).isEqualTo(1);
        assertThat(house.tags("test/tools/one")).containsKeys("v1.0.0", "v2.0.0");
        assertThat(house.tags("test/tools/two")).doesNotContainKey("v1.0.0");
        assertThat(house.tags(REPOSITORY)).containsOnlyKeys("latest");
        assertThat(again.out()).startsWith("Nothing to publish").contains("1 bundle up to date");
    }

    @Test
    void aBundleOfWhatCannotBeHadFailsAloneInARunOverAllTools() throws IOException {
        config("bundles: {both: [one@9.0.0, two@8.0.0]}\n");

        Outcome outcome = house.publish("-o", "json");
        Outcome plan = house.publish("--dry-run");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("cannot build bundle both: one@9.0.0, two@8.0.0 are not"
                + " published; publish them first with publisher --tool one --version 9.0.0 and"
                + " publisher --tool two --version 8.0.0");
        assertThat(json(outcome).path("failures").path(0).path("bundle").asText()).isEqualTo(
                "both");
        assertThat(json(outcome).path("status").asText()).isEqualTo("partly");
        assertThat(plan.code()).isEqualTo(3);
        assertThat(plan.err()).contains("one@9.0.0, two@8.0.0 are not published");
        assertThat(house.tags("test/tools/one")).containsKey("v2.0.0");
    }

    @Test
    void aRunOverOneToolBuildsTheBundlesThatPinWhatItLooksAt() throws IOException {
        config(BOTH);

        Outcome other = house.publish("--tool", "two", "--version", "1.0.0", "-o", "json");
        Outcome first = house.publish("--tool", "two", "--version", "2.0.0", "-o", "json");
        Outcome second = house.publish("--tool", "one", "-o", "json");

        assertThat(json(other).path("bundles")).isEmpty();
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(bundle(first).path("result").asText()).isEqualTo("waiting");
        assertThat(bundle(first).path("reason").asText()).isEqualTo(
                "waits for one@1.0.0, not published yet");
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(bundle(second).path("result").asText()).isEqualTo("built");
    }

    @Test
    void nothingIsBuiltOfAToolThatFailedInTheRun() throws IOException {
        config(BOTH);
        site.put(TestHouse.path("one", "1.0.0", "linux-aarch64"), "tampered".getBytes(
                StandardCharsets.UTF_8));

        Outcome outcome = house.publish("-o", "json");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(bundle(outcome).path("reason").asText()).isEqualTo(
                "waits for one@1.0.0, which failed in this run");
        assertThat(house.tags(REPOSITORY)).isEmpty();
    }

    @Test
    void aRunOverSomePlatformsLeavesBundlesAsTheyAre() throws IOException {
        config(BOTH);
        house.publish();
        var tags = house.tags(REPOSITORY);

        Outcome outcome = house.publish("--platform", "linux-x86_64", "--force");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("bundle both is left as it is by a run over some");
        assertThat(house.tags(REPOSITORY)).isEqualTo(tags);
    }

    @Test
    void aGroupThatIsNotPublishedByItselfIsBuiltByName() throws IOException {
        config("repositories:\n  tools: {}\n  bundles: {auto_publish: false}\n" + BOTH);

        Outcome outcome = house.publish();

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains(
                "bundle both is built by its name alone, as group bundles"
                        + " has auto_publish: false: publisher --bundle both");
        assertThat(house.tags(REPOSITORY)).isEmpty();
        assertThat(house.tags("test/tools/one")).doesNotContainKey("v1.0.0");
    }

    @Test
    void imagesHaveTheEvidenceOfToolsAndWhatIsMissingIsAttachedLater() throws Exception {
        config(BOTH);
        house.publish();
        Files.writeString(folder.resolve("key.pem"), EvidenceTest.newKey());
        append("signing: {key: \"${file:key.pem}\"}\n");

        List<EvidenceKind> before = house.ask(REPOSITORY, r -> evidence(r, images(r).getFirst()
                .digest()));
        var tags = house.tags(REPOSITORY);
        Outcome later = house.publish("-o", "json");
        Outcome again = house.publish("-o", "json");

        assertThat(before).containsExactly(EvidenceKind.SBOM, EvidenceKind.PROVENANCE);
        assertThat(later.code()).as(later.err()).isZero();
        assertThat(house.tags(REPOSITORY)).isEqualTo(tags);
        house.ask(REPOSITORY, r -> {
            for (Descriptor image : images(r)) {
                assertThat(evidence(r, image.digest())).containsExactly(EvidenceKind.SBOM,
                        EvidenceKind.PROVENANCE, EvidenceKind.SIGNED_PROVENANCE,
                        EvidenceKind.SIGNATURE);
            }
            assertThat(evidence(r, r.resolve(LATEST).digest())).containsExactly(
                    EvidenceKind.SIGNATURE);
            return true;
        });
        assertThat(bundle(again).path("result").asText()).isEqualTo("up-to-date");
    }

    @Test
    void backupsGetBundlesWithWhatIsAttached() throws IOException {
        config(BOTH + "backup_registries: [{url: embedded, namespace: spare, storage: spare}]\n");

        Outcome outcome = house.publish("-o", "json");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(json(outcome).path("backups").path(0).path("errors")).isEmpty();
        try (var spare = EmbeddedRegistry.load().open(folder.resolve("spare"))) {
            TestHouse.ask(spare.registry(), "spare/bundles/both", copy -> {
                Digest index = copy.resolve(LATEST).digest();
                assertThat(index).isEqualTo(house.tags(REPOSITORY).get("latest"));
                assertThat(copy.referrerLister()
                        .orElseThrow()
                        .referrers(index, BundleTypes.LOCK)
                        .toList()).hasSize(1);
                assertThat(evidence(copy, images(copy).getFirst().digest())).hasSize(2);
                return true;
            });
        }
        Outcome alone = house.publish("--bundle", "all", "-o", "json");
        assertThat(json(alone).path("backups").path(0).path("status").asText()).isEqualTo(
                "nothing-to-do");
    }

    @Test
    void theAuditLogHasWhatWasBuiltAndRefused() throws IOException {
        config("logging: {audit_enabled: true, audit_dir: audit}\n" + BOTH.replace("}\n",
                ", lost: [one@9.0.0]}\n"));

        house.publish();

        String log;
        try (Stream<Path> files = Files.list(folder.resolve("audit"))) {
            log = Files.readString(files.findFirst().orElseThrow());
        }
        assertThat(log.lines()
                .filter(line -> line.contains("\"tool\":\"both\""))
                .toList()).anyMatch(line -> line.contains("\"event\":\"published\"") && line
                        .contains("\"bundle\":\"one@1.0.0 two@2.0.0\"") && line.contains(
                                "\"repository\":\"bundles/both\""))
                .anyMatch(line -> line.contains("\"event\":\"moved-tag\"") && line.contains(
                        "\"tag\":\"latest\""));
        assertThat(log.lines().filter(line -> line.contains("\"tool\":\"lost\""))).allMatch(
                line -> line.contains("\"event\":\"refused\"") && line.contains(
                        "one@9.0.0 is not published"));
    }

    private void append(String yaml) throws IOException {
        Files.writeString(folder.resolve("registry.yaml"), yaml, StandardOpenOption.APPEND);
    }
}
