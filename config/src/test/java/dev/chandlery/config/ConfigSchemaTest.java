package dev.chandlery.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ConfigSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("chandlery.root"));

    @Test
    void theFileForEditorsIsInStep() throws IOException {
        Path file = ROOT.resolve("config/registry.schema.json");

        assertThat(file).as("write it anew by: manager config schema > config/registry.schema.json")
                .hasContent(ConfigSchema.json());
    }

    @Test
    void everyKeySaysWhatItMeans() throws IOException {
        assertThat(schema().findValues("properties")).allSatisfy(properties -> properties
                .properties()
                .forEach(key -> assertThat(key.getValue().path("description").asText()).as(key
                        .getKey()).isNotBlank()));
    }

    @Test
    void whatLoadsConforms() throws IOException, URISyntaxException {
        for (Path file : new Path[]{resource("/seed-registry.yaml"), resource(
                "/server-registry.yaml"), ROOT.resolve("registry.yaml")}) {
            ConfigSpec config = ConfigLoader.load(file, Map.of("HOME", "/home/user"));

            assertThat(problems(yaml(Files.newInputStream(file)))).isEmpty();
            assertThat(problems(MAPPER.readTree(EffectiveConfig.json(config)))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|: anyOf",
            "primary_registry: {}|/primary_registry: required: url",
            "{primary_registry: {url: a}, cach: {}}|: unknown: cach",
            "{primary_registry: {url: a, auth_method: magic}}|/primary_registry/auth_method: anyOf",
            "{primary_registry: {url: a}, publishing: {parallel_uploads: 0}}|/publishing/parallel_uploads: minimum 1",
            "{primary_registry: {url: a}, registry_server: {limits: {connections: 0}}}"
                    + "|/registry_server/limits/connections: minimum 1",
            "{primary_registry: {url: a}, registry_server: {database: {}}}"
                    + "|/registry_server/database: required: url",
            "{primary_registry: {url: a}, backup_registries: 3}|/backup_registries: type array",
            "{primary_registry: {url: a}, publishing: {tool_sources: {x: {}}}}"
                    + "|/publishing/tool_sources/x: required: platforms"})
    void whatDoesNotLoadDoesNotConform(String yaml, String problem) throws IOException {
        JsonNode document = MAPPER.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(yaml));

        assertThat(problems(document)).containsExactly(problem);
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ConfigSchemaTest.class.getResource(name)).toURI());
    }

    private static List<String> problems(JsonNode document) throws IOException {
        return new SchemaChecker().check(schema(), document, "");
    }

    private static JsonNode schema() throws IOException {
        return MAPPER.readTree(ConfigSchema.json());
    }

    private static JsonNode yaml(InputStream in) throws IOException {
        try (in) {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return tree == null ? JsonNodeFactory.instance.nullNode() : MAPPER.valueToTree(tree);
        }
    }
}
