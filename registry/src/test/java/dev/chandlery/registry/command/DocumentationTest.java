package dev.chandlery.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages on the registry and what its program says tell of the same things. */
final class DocumentationTest {
    private static final Path ROOT = Path.of(System.getProperty("chandlery.root"));
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z0-9-]+");
    /** All programs have these; README tells of them. */
    private static final Set<String> GLOBAL = Set.of("--help", "--version", "--config", "--color",
            "--no-color", "--quiet", "--verbose", "--output", "--metrics-file");

    @Test
    void thePagesNameEveryOption() throws IOException {
        String pages = pages();
        for (String command : new String[]{"serve", "gc", "retention", "fsck", "scrub"}) {
            SortedSet<String> options = options(help(command));
            options.removeAll(GLOBAL);
            assertThat(options).as(command)
                    .isNotEmpty()
                    .allSatisfy(option -> assertThat(pages).contains(option));
        }
    }

    @Test
    void thePagesNameNoOptionThatIsNotThere() throws IOException {
        SortedSet<String> known = new TreeSet<>(GLOBAL);
        for (String command : new String[]{"serve", "gc", "retention", "fsck", "scrub"}) {
            known.addAll(options(help(command)));
        }
        known.addAll(options(help("token", "create")));
        assertThat(options(pages())).isSubsetOf(known);
    }

    @Test
    void thePagesNameEveryKey() throws IOException {
        String pages = pages();
        JsonNode schema = JsonMapper.builder()
                .build()
                .readTree(Files.readString(ROOT.resolve("config/registry.schema.json")))
                .at("/properties/registry_server");
        assertThat(keys(schema, new TreeSet<>())).hasSizeGreaterThan(40)
                .allSatisfy(key -> assertThat(pages).contains(key));
    }

    private static SortedSet<String> keys(JsonNode schema, SortedSet<String> into) {
        schema.path("properties").properties().forEach(entry -> {
            into.add(entry.getKey());
            keys(entry.getValue(), into);
            keys(entry.getValue().path("items"), into);
        });
        return into;
    }

    private static String help(String... command) {
        String[] arguments = java.util.Arrays.copyOf(command, command.length + 1);
        arguments[command.length] = "--help";
        CommandRun run = CommandRun.of(Map.of(), arguments);
        assertThat(run.code()).isZero();
        return run.out();
    }

    private static SortedSet<String> options(String text) {
        SortedSet<String> options = new TreeSet<>();
        OPTION.matcher(text).results().forEach(found -> options.add(found.group()));
        return options;
    }

    private static String pages() throws IOException {
        return Files.readString(ROOT.resolve("docs/registry.md")) + Files.readString(ROOT.resolve(
                "docs/registry-storage.md"));
    }
}
