package dev.chandlery.publisher.command;

import static dev.chandlery.publisher.command.GithubHouse.LINUX;
import static dev.chandlery.publisher.command.GithubHouse.MAC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.publisher.pack.ArtifactTypes;
import dev.chandlery.testkit.upstream.GithubRequests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that upstream changes after they were published. */
class DriftTest {
    private static final Bytes NEW = Bytes.ofUtf8("#!/bin/sh\necho other bytes\n");
    private static final String FILE = "hello-" + LINUX;

    @TempDir
    Path folder;
    @AutoClose
    private GithubHouse house;

    @BeforeEach
    void furnish() throws IOException {
        house = new GithubHouse(folder);
        house.config("");
        house.release("v1.0.0", LINUX, MAC);
    }

    private Bytes old() {
        return Bytes.ofUtf8(GithubHouse.script("v1.0.0", LINUX));
    }

    private void replace(Bytes content) {
        house.github().release("o/hello", "v1.0.0").find(FILE).orElseThrow().replace(content);
    }

    @Test
    void aChangedFileIsFoundWithoutADownloadToldByEveryRunAndRecordedOnce() throws IOException {
        assertThat(house.run().code()).isZero();
        SortedMap<String, Digest> before = house.tags();
        replace(NEW);
        house.github().requests().forget();

        Outcome dry = house.run("--dry-run");
        assertThat(dry.code()).as(dry.err()).isEqualTo(3);
        assertThat(dry.out()).contains("CHANGED UPSTREAM", "nothing was written");
        assertThat(house.tags()).isEqualTo(before);

        Outcome first = house.run("-o", "json");
        assertThat(first.code()).isEqualTo(3);
        assertThat(first.err()).contains("hello 1.0.0 linux-x86_64", "expected " + old().digest(),
                "got " + NEW.digest(), "accept-drift hello@1.0.0 --platform linux-x86_64");
        JsonNode item = GithubHouse.json(first).at("/versions/0/platforms/0");
        assertThat(item.path("result").asText()).isEqualTo("drift");
        assertThat(item.path("accepted").asText()).isEqualTo(old().digest().toString());
        SortedMap<String, Digest> after = house.tags();
        assertThat(after).containsAllEntriesOf(before)
                .hasSize(before.size() + 1)
                .containsKey("drift-v1.0.0-linux-x86_64");

        Outcome again = house.run();
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.out()).contains("CHANGED UPSTREAM", "1 changed upstream");
        assertThat(house.tags()).isEqualTo(after);
        assertThat(house.github().requests().count(GithubRequests.Kind.DOWNLOAD)).isZero();
        Outcome list = house.run("drift", "list");
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("open", FILE);
    }

    @Test
    void whenTheOldBytesComeBackTheIncidentIsOver() throws IOException {
        house.run();
        replace(NEW);
        house.run();
        replace(old());

        Outcome outcome = house.run();

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(house.run("drift", "list").out()).contains("No incident is open");
        assertThat(GithubHouse.json(house.run("drift", "list", "--all", "-o", "json"))
                .at("/incidents/0/state")
                .asText()).isEqualTo("reverted");
        assertThat(house.run().out()).startsWith("Nothing to publish");
    }

    @Test
    void acceptingPublishesTheNewBytesAndKeepsTheOld() throws IOException {
        house.run();
        SortedMap<String, Digest> before = house.tags();
        replace(NEW);
        assertThat(house.run("accept-drift", "hello@1.0.0").code()).isEqualTo(2);
        assertThat(house.run("accept-drift", "hello@1.0.0", "--reason", " ").code()).isEqualTo(2);
        assertThat(house.run("accept-drift", "hello@1.0.0", "--platform", MAC, "--reason", "no")
                .code()).isEqualTo(1);

        Outcome accepted = house.run("accept-drift", "hello@1.0.0", "--reason", "rebuilt", "--by",
                "someone");

        assertThat(accepted.code()).as(accepted.err()).isZero();
        SortedMap<String, Digest> after = house.tags();
        String platform = "v1.0.0-" + LINUX;
        assertThat(after.get(platform)).isNotEqualTo(before.get(platform));
        assertThat(after.get("v1.0.0")).isNotEqualTo(before.get("v1.0.0"));
        assertThat(after.get("v1.0.0-" + MAC)).isEqualTo(before.get("v1.0.0-" + MAC));
        assertThat(after).containsEntry("replaced-" + platform + "-" + shortened(before, platform),
                before.get(platform));
        assertThat(after).containsEntry("replaced-v1.0.0-" + shortened(before, "v1.0.0"), before
                .get("v1.0.0"));
        long records = house.registry()
                .ask(GithubHouse.REPOSITORY, repository -> repository
                        .referrerLister()
                        .orElseThrow()
                        .referrers(repository.resolve(new Tag(platform)).digest(),
                                ArtifactTypes.DRIFT)
                        .filter(d -> "rebuilt".equals(d.annotations()
                                .get(
                                        "dev.chandlery.drift.reason")))
                        .count());
        assertThat(records).isOne();
        JsonNode incident = GithubHouse.json(house.run("drift", "list", "--all", "-o", "json"))
                .at("/incidents/0");
        assertThat(incident.path("state").asText()).isEqualTo("accepted");
        assertThat(incident.path("decided_by").asText()).isEqualTo("someone");
        assertThat(house.run().out()).startsWith("Nothing to publish");
    }

    private static String shortened(SortedMap<String, Digest> tags, String tag) {
        return Objects.requireNonNull(tags.get(tag)).encoded().substring(0, 12);
    }

    @Test
    void whatIsAcceptedIsWhatTheIncidentNames() {
        house.run();
        replace(NEW);
        house.run();
        replace(Bytes.ofUtf8("#!/bin/sh\necho yet others\n"));
        SortedMap<String, Digest> before = house.tags();

        Outcome refused = house.run("accept-drift", "hello@1.0.0", "--reason", "rebuilt");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("changed again");
        assertThat(house.tags().get("v1.0.0")).isEqualTo(before.get("v1.0.0"));
        Outcome outcome = house.run("accept-drift", "hello@1.0.0", "--reason", "rebuilt");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(house.run("drift", "list").out()).contains("No incident is open");
    }

    @Test
    void aCheckLooksAtOldVersionsToo() throws IOException {
        house.run();
        house.release("v1.1.0", LINUX, MAC);
        house.run();
        house.github().release("o/hello", "v1.1.0").find(FILE).orElseThrow().withoutDigest();
        assertThat(house.run("drift", "check").out()).contains("same", "same size",
                "4 as they were");
        assertThat(house.run("drift", "check", "--download").out()).doesNotContain("same size");
        replace(NEW);

        Outcome check = house.run("drift", "check", "-o", "json");

        assertThat(check.code()).isEqualTo(3);
        assertThat(check.err()).contains("hello 1.0.0 linux-x86_64");
        assertThat(GithubHouse.json(check).at("/findings").findValuesAsText("result")).contains(
                "drift", "same");
        assertThat(house.run("drift", "list").out()).contains("1.0.0", "open");
        assertThat(house.run("drift", "check", "--newest", "1").code()).isZero();
    }

    /** Where no digest is stated, a file that its host calls the same is not fetched again. */
    @Test
    void aCheckFetchesAFileOnceAsLongAsItIsTheSame() throws IOException {
        for (String platform : List.of(LINUX, MAC)) {
            house.github()
                    .release("o/hello", "v1.0.0")
                    .find("hello-" + platform)
                    .orElseThrow()
                    .withoutDigest();
        }
        assertThat(house.run().code()).isZero();
        house.github().requests().forget();

        assertThat(house.run("drift", "check", "--download").out()).contains("2 as they were");
        assertThat(house.github().requests().count(GithubRequests.Kind.STORAGE)).isEqualTo(2);
        assertThat(house.run("drift", "check", "--download").out()).contains("2 as they were")
                .doesNotContain("same size");
        assertThat(house.github().requests().count(GithubRequests.Kind.STORAGE)).isEqualTo(2);

        replace(Bytes.ofUtf8(old().utf8().replace("hello", "jello"))); // of the same size
        house.github().release("o/hello", "v1.0.0").find(FILE).orElseThrow().withoutDigest();
        Outcome changed = house.run("drift", "check", "--download");
        assertThat(changed.code()).isEqualTo(3);
        assertThat(changed.out()).contains("CHANGED UPSTREAM", "same");
        assertThat(house.github().requests().count(GithubRequests.Kind.STORAGE)).isEqualTo(3);
    }
}
