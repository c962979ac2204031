package dev.chandlery.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.manager.transfer.Shelf;
import dev.chandlery.manager.transfer.Shelf.Outcome;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags that the target has already, for something else: whoever copies over them should know. */
class ReplacedTagsTest {
    private static final String PATH = "tools/hello";

    @TempDir
    private Path folder;
    private Shelf shelf = new Shelf(Path.of("."));
    private String to = "";

    @BeforeEach
    void tagBothSides() throws IOException {
        shelf = new Shelf(folder);
        shelf.configure("primary_registry: {url: embedded, storage: registry}");
        to = "embedded:" + folder.resolve("target");
        image("registry", "same", "v1");
        image("registry", "new", "v2");
        image("registry", "ours", "latest");
        image("target", "same", "v1");
        image("target", "theirs", "latest");
    }

    private Digest image(String storage, String text, String tag) {
        return shelf.ask(storage, PATH, repository -> {
            Samples.pushEmpty(repository);
            return Shelf.tag(repository, Samples.image(Descriptor.EMPTY, Samples
                    .pushText(repository, text)), tag);
        });
    }

    private Outcome migrate(String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(new String[]{"migrate", "--to", to, "--include", PATH}, 0, arguments, 0,
                5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return shelf.manager(arguments);
    }

    @Test
    void aDryRunNamesThem() {
        Outcome outcome = migrate("--dry-run");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains(
                "tags 2 to copy, 1 of them to replace others, 1 up to date");
        assertThat(outcome.err()).contains(
                "tools/hello: tags that name something else at the target, and would be replaced: latest");
    }

    @Test
    void theReportCountsThem() throws IOException {
        JsonNode report = new JsonMapper().readTree(migrate("-o", "json").out());

        assertThat(report.at("/summary/tags_changed").asInt()).isEqualTo(2);
        assertThat(report.at("/summary/tags_replaced").asInt()).isEqualTo(1);
        assertThat(report.at("/repositories/0/replaced/0").asText()).isEqualTo("latest");
        Outcome again = migrate();
        assertThat(again.out()).contains("3 up to date").doesNotContain("of them");
    }
}
