package dev.chandlery.config.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.config.ConfigException;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSchema;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.EffectiveConfig;
import dev.chandlery.config.server.ServerAuthSpec.Action;
import dev.chandlery.config.server.ServerAuthSpec.Rule;
import dev.chandlery.config.server.ServerLimitsSpec.Pace;
import dev.chandlery.config.server.ServerLimitsSpec.Rates;
import dev.chandlery.config.server.ServerLimitsSpec.Uploads;
import dev.chandlery.config.server.ServerStorageSpec.Database;
import dev.chandlery.config.server.ServerStorageSpec.S3;
import dev.chandlery.config.server.ServerStorageSpec.S3Access;
import dev.chandlery.config.server.ServerStorageSpec.S3Keys;
import dev.chandlery.config.server.ServerUpkeepSpec.Collection;
import dev.chandlery.config.server.ServerUpkeepSpec.Quota;
import dev.chandlery.config.server.ServerUpkeepSpec.Retention;
import dev.chandlery.config.value.SecretReference;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ServerSectionTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/user",
            "DB_PASSWORD", "hunter2", "S3_ACCESS", "hunter3", "PORT", "7000");
    private static final long GB = 1L << 30;

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        ServerSpec server = ConfigLoader.load(write("primary_registry: {url: embedded}\n"),
                ENVIRONMENT).registryServer();

        assertThat(server).isEqualTo(new ServerSpec(new ServerSpec.Entrance(new ServerListenSpec(
                "127.0.0.1", 5000), Optional.empty(), Optional.empty(), List.of()),
                new ServerStorageSpec(
                        Optional.empty(), Optional.empty(), Optional.empty()), Optional.empty(),
                new ServerLimitsSpec(
                        new Pace(4096, 2048, Duration.ofSeconds(20), Duration.ofSeconds(60),
                                512, 512),
                        new Uploads(256, 64 * GB), new Rates(0, 0)), new ServerUpkeepSpec(
                                List.of(), new Collection(true, Duration.ofHours(1),
                                        Duration.ofHours(24), Optional.empty(), List.of()),
                                List.of()),
                ServerSpec.AccessLog.TEXT));
        assertThat(load("{}")).isEqualTo(server);
        assertThat(load("{limits: {}, collection: {}, tls: , auth: }")).isEqualTo(server);
    }

    @Test
    void defaultsInsideOptionalSections() throws IOException {
        ServerSpec server = load("{tls: {self_signed: true}, database: {url: 'jdbc:postgresql:x'},"
                + " s3: {bucket: abc}, auth: {}}");

        assertThat(server.tls()).contains(new ServerTlsSpec.SelfSigned(List.of("localhost",
                "127.0.0.1")));
        assertThat(server.database()).contains(new Database("jdbc:postgresql:x", Optional.empty(),
                Optional.empty(), 10));
        assertThat(server.s3()).contains(new S3("abc", "", "us-east-1", new S3Access(Optional
                .empty(), false, Optional.empty())));
        assertThat(server.auth()).contains(new ServerAuthSpec(Optional.empty(), List.of(new Rule(
                "**", List.of("authenticated"), List.of(Action.values()))), List.of()));
    }

    @Test
    void allKeysSet() throws IOException, URISyntaxException {
        Path file = Files.copy(full(), folder.resolve("full.yaml"));

        ConfigSpec config = ConfigLoader.load(file, ENVIRONMENT);

        ServerSpec server = config.registryServer();
        assertThat(config.notices()).isEmpty();
        assertThat(config.logging().auditEnabled()).isTrue();
        assertThat(server.entrance()).isEqualTo(new ServerSpec.Entrance(new ServerListenSpec("::1",
                0), Optional.of(URI.create("https://registry.example")), Optional.of(
                        new ServerTlsSpec.Given(folder.resolve("tls/server.crt"), Path.of(
                                "/home/user/server.key"))), List.of("10.0.0.0/8", "::1")));
        assertThat(server.storage().folder()).contains(folder.resolve("served"));
        assertThat(config.primaryRegistry().storage()).as("is another")
                .isNotEqualTo(folder.resolve(
                        "served"));
        assertThat(server.database()).contains(new Database(
                "jdbc:postgresql://db.example:5433/chandlery?sslmode=verify-full", Optional.of(
                        "chandlery"), Optional.of(SecretReference.parse("${env:DB_PASSWORD}")),
                20));
        assertThat(server.s3()).contains(new S3("tools", "registry/", "eu-central-1", new S3Access(
                Optional.of(URI.create("https://s3.example")), true, Optional.of(new S3Keys(
                        SecretReference.parse("${env:S3_ACCESS}"), SecretReference.parse(
                                "${file:s3.secret}"))))));
        assertThat(server.auth()).contains(new ServerAuthSpec(Optional.of(folder.resolve(
                "htpasswd")), List.of(new Rule("team/**", List.of("alice", "@builders"), List.of(
                        Action.values())), new Rule("public/*", List.of("anonymous"), List.of(
                                Action.PULL))), List.of("prometheus")));
    }

    @Test
    void allKeysOfLimitsAndUpkeepSet() throws URISyntaxException {
        ServerSpec server = ConfigLoader.load(full(), ENVIRONMENT).registryServer();

        assertThat(server.limits()).isEqualTo(new ServerLimitsSpec(new Pace(100, 20, Duration
                .ofSeconds(
                        5), Duration.ofSeconds(30), 0, 1024), new Uploads(8, GB / 2), new Rates(50,
                                200)));
        assertThat(server.quotas()).containsExactly(new Quota("team/**", 50 * GB), new Quota("**",
                GB + GB / 2));
        assertThat(server.collection()).isEqualTo(new Collection(false, Duration.ofMinutes(15),
                Duration.ofHours(2), Optional.of(Duration.ofDays(14)), List.of(Path.of(
                        "/home/user/tools.lock"))));
        assertThat(server.retention()).containsExactly(new Retention("team/**", Optional.of(10),
                List.of("v1.?", "latest"), Optional.of(Duration.ofDays(90))));
        assertThat(server.accessLog()).isEqualTo(ServerSpec.AccessLog.JSON);
    }

    /** So that a new key cannot be forgotten in the tests above and in those that use the same file. */
    @Test
    void theFileOfThisTestHasEveryKey() throws IOException, URISyntaxException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode schema = mapper.readTree(ConfigSchema.json());
        JsonNode written = mapper.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(full())));

        assertThat(missing(schema.at("/properties/registry_server"), written.path(
                "registry_server"), "")).containsExactly("/tls/self_signed", "/tls/names");
    }

    private static List<String> missing(JsonNode schema, JsonNode value, String path) {
        if (value.isMissingNode()) {
            return List.of(path);
        }
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, JsonNode> key : schema.path("properties").properties()) {
            missing.addAll(missing(key.getValue(), value.path(key.getKey()), path + "/" + key
                    .getKey()));
        }
        if (schema.has("items")) {
            missing.addAll(missing(schema.path("items"), value.path(0), path + "/0"));
        }
        return missing;
    }

    @Test
    void aSelfSignedCertificateHasNames() throws IOException {
        ServerSpec server = load("{tls: {self_signed: true,"
                + " names: [Registry.example, '*.team.example', 10.0.0.5, '::1']}}");

        assertThat(server.tls()).contains(new ServerTlsSpec.SelfSigned(List.of("registry.example",
                "*.team.example", "10.0.0.5", "::1")));
    }

    @Test
    void referencesAreExpandedInAddresses() throws IOException {
        assertThat(load("{listen: '0.0.0.0:${PORT}'}").listen()).hasToString("0.0.0.0:7000");
        assertThat(load("{public_url: 'http://127.0.0.1:${PORT}'}").publicUrl()).contains(URI
                .create("http://127.0.0.1:7000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:5000", "localhost:1", "[::1]:0", "0.0.0.0:80",
            "registry.example:443", "[::]:5000"})
    void listensWhereItIsTold(String text) {
        assertThat(ServerListenSpec.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", ":5000", "host:", "host:65536", "host:-1", "::1:5000",
            "a b:1", "http://host:1", "[]:1", "[host:1", "host]:1", "host:1/"})
    void refusesToListen(String text) {
        assertThatThrownBy(() -> ServerListenSpec.parse(text)).hasMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"listen: nowhere|.listen: expected HOST:PORT",
            "public_url: 'https://r.example/path'|.public_url: expected an https or http address",
            "public_url: 'https://r.example?a'|.public_url: expected an https or http address",
            "public_url: 'ftp://r.example'|.public_url: expected an https or http address",
            "public_url: 'https://u:hunter2@r.example'|.public_url: expected an https or http address",
            "lissten: x|.lissten: unknown key, did you mean listen?",
            "access_log: xml|.access_log: expected one of off, text, json",
            "tls: {}|.tls: expected certificate and key, or self_signed: true",
            "tls: {self_signed: false}|.tls: expected certificate and key, or self_signed: true",
            "tls: {certificate: a}|.tls.certificate: needs key",
            "tls: {key: a}|.tls.key: needs certificate",
            "tls: {certificate: a, key: ''}|.tls.key: expected a file",
            "tls: {self_signed: true, key: a}|.tls.key: cannot be given together",
            "tls: {self_signed: true, certificate: a, key: a}|.tls.certificate: cannot be given",
            "tls: {certificate: a, key: b, names: [c]}|.tls.names: needs self_signed: true",
            "tls: {self_signed: true, names: []}|.tls.names: expected 1 to 1000 items",
            "tls: {self_signed: true, names: ['a:1']}|.tls.names[0]: expected a host name",
            "tls: {self_signed: true, names: [1.2.3.256]}|.tls.names[0]: expected a host name",
            "tls: {self_signed: true, names: ['[::1]']}|.tls.names[0]: expected a host name",
            "tls: {self_signed: true, names: ['10.1']}|.tls.names[0]: expected a host name"})
    void refusesEntrances(String yaml, String expected) throws IOException {
        assertRefused(yaml, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"database: {}|.database: url is missing",
            "database: {url: 'mysql://a/b?x=hunter2'}|.database.url: expected an address such as",
            "database: {url: 'jdbc:postgresql://a/b?ssl=1&Password=hunter2'}|.database.url: expected an address without credentials",
            "database: {url: 'jdbc:postgresql://u:hunter2@a/b'}|.database.url: expected an address without",
            "database: {url: 'jdbc:postgresql:a', password: '${env:X}'}|.database.password: needs username",
            "database: {url: 'jdbc:postgresql:a', username: b, password: hunter2}|.database.password: expected a reference",
            "database: {url: 'jdbc:postgresql:a', connections: 0}|.database.connections: expected a whole number from 1 to 200",
            "s3: {}|.s3: bucket is missing",
            "s3: {bucket: A_B}|.s3.bucket: expected a bucket's name",
            "s3: {bucket: abc, prefix: ../a}|.s3.prefix: expected a prefix without",
            "s3: {bucket: abc, prefix: /a}|.s3.prefix: expected a prefix such as",
            "s3: {bucket: abc, region: 'a b'}|.s3.region: expected a region",
            "s3: {bucket: abc, endpoint: s3.example}|.s3.endpoint: expected an https or http address",
            "s3: {bucket: abc, access_key: '${env:A}'}|.s3.access_key: needs secret_key",
            "s3: {bucket: abc, secret_key: '${env:A}'}|.s3.secret_key: needs access_key",
            "s3: {bucket: abc, access_key: '${env:A}', secret_key: hunter2}|.s3.secret_key: expected a reference"})
    void refusesStorage(String yaml, String expected) throws IOException {
        assertRefused(yaml, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{who: [a], allow: [pull]}|repositories is missing",
            "{repositories: a, allow: [pull]}|who is missing",
            "{repositories: a, who: [a]}|allow is missing",
            "{repositories: A, who: [a], allow: [pull]}|repositories: expected a pattern",
            "{repositories: /a, who: [a], allow: [pull]}|repositories: expected a pattern",
            "{repositories: 'a/***', who: [a], allow: [pull]}|repositories: expected a pattern",
            "{repositories: a, who: [], allow: [pull]}|who: expected 1 to 1000 items",
            "{repositories: a, who: ['@'], allow: [pull]}|who[0]: expected a user",
            "{repositories: a, who: ['a:b'], allow: [pull]}|who[0]: expected a user",
            "{repositories: a, who: [a], allow: []}|allow: expected 1 to 1000 items",
            "{repositories: a, who: [a], allow: [write]}|allow[0]: expected one of pull, push, delete"})
    void refusesRules(String rule, String expected) throws IOException {
        assertRefused("auth: {rules: [" + rule + "]}", expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"auth: {rules: []}|.auth.rules: expected 1 to 1000 items",
            "auth: {metrics_users: ['']}|.auth.metrics_users[0]: expected a user's name",
            "auth: {metrics_users: ['@a']}|.auth.metrics_users[0]: expected a user's name",
            "limits: {connections: 0}|.limits.connections: expected a whole number from 1",
            "limits: {connections_per_address: -1}|.limits.connections_per_address: expected a whole number from 0",
            "limits: {min_send_bytes_per_second: -1}|.limits.min_send_bytes_per_second: expected a whole number from 0",
            "limits: {max_blob_gb: 0}|.limits.max_blob_gb: expected more than 0",
            "limits: {header_timeout_seconds: 0}|.limits.header_timeout_seconds: expected a whole number from 1 to 3600 (seconds)",
            "limits: {requests_per_second: -1}|.limits.requests_per_second: expected a whole number from 0",
            "quotas: [{repositories: a}]|.quotas[0]: max_gb is missing",
            "quotas: [{max_gb: 1}]|.quotas[0]: repositories is missing",
            "quotas: [{repositories: a, max_gb: 0}]|.quotas[0].max_gb: expected more than 0",
            "collection: {interval_minutes: 0}|.collection.interval_minutes: expected a whole number from 1 to 525600 (minutes)",
            "trusted_proxies: ['10.0.0.0/33']|.trusted_proxies[0]: expected an address or a network",
            "trusted_proxies: ['proxy.example']|.trusted_proxies[0]: expected an address or a network",
            "trusted_proxies: ['::1/-1']|.trusted_proxies[0]: expected an address or a network",
            "collection: {grace_hours: 0}|.collection.grace_hours: expected a whole number from 1",
            "collection: {untagged_after_days: 0}|.collection.untagged_after_days: expected a whole number from 1 to 36500 (days)",
            "retention: [{keep_last: 3}]|.retention[0]: repositories is missing",
            "retention: [{repositories: a}]|.retention[0]: expected keep_last or older_than_days",
            "retention: [{repositories: a, keep_tags: [b]}]|.retention[0]: expected keep_last or",
            "retention: [{repositories: a, keep_last: 0}]|.retention[0].keep_last: expected a whole",
            "retention: [{repositories: a, keep_last: 1, keep_tags: [':']}]|.retention[0].keep_tags[0]: expected a pattern of tags"})
    void refusesLimitsAndUpkeep(String yaml, String expected) throws IOException {
        assertRefused(yaml, expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"listen: %s:1", "public_url: 'http://%s'",
            "tls: {self_signed: true, names: [%s]}", "s3: {bucket: abc, prefix: %s}",
            "s3: {bucket: abc, endpoint: 'http://%s/?'}", "database: {url: 'mysql:%s'}",
            "auth: {metrics_users: [%s]}",
            "retention: [{repositories: a, keep_last: 1, keep_tags: [%s]}]"})
    @Timeout(120)
    void refusesTextsThatDoNotEnd(String yaml) throws IOException {
        assertRefused(String.format(Locale.ROOT, yaml, "a.".repeat(100_000) + "a"), "expected");
    }

    @Test
    void allProblemsComeAtOnceWithTheirPlaces() throws IOException {
        Path file = write("""
                primary_registry: {url: embedded}
                registry_server:
                  tls: {certificate: a}
                  s3:
                    bucket: abc
                    acces_key: x
                  quotas:
                    - repositories: a
                    - repositories: b
                      max_gb: lots
                """);

        ConfigException e = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(
                file, ENVIRONMENT));

        assertThat(e.problems()).extracting(problem -> problem.toString()
                .substring(file.toString().length()))
                .satisfiesExactly(
                        p -> assertThat(p).isEqualTo(
                                ":3:22: registry_server.tls.certificate: needs key"),
                        p -> assertThat(p).isEqualTo(
                                ":6:5: registry_server.s3.acces_key: unknown key, did you mean access_key?"),
                        p -> assertThat(p).isEqualTo(
                                ":8:7: registry_server.quotas[0]: max_gb is missing"),
                        p -> assertThat(p).startsWith(
                                ":10:15: registry_server.quotas[1].max_gb: expected a number from 0 to 1000000 (GiB)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{tls: {self_signed: true, names: [a.example]}, auth: {}}",
            "{limits: {max_blob_gb: 0.000000001}, quotas: [{repositories: a, max_gb: 0.3}]}",
            "{retention: [{repositories: a, older_than_days: 0}], access_log: off}",
            "{database: {url: 'jdbc:postgresql:x'}, s3: {bucket: abc}}"})
    void effectiveValuesReadBack(String server) throws IOException {
        Path file = write("primary_registry: {url: embedded}\nregistry_server: " + server + "\n");

        assertReadsBack(ConfigLoader.load(file, ENVIRONMENT));
    }

    @Test
    void effectiveValuesOfEveryKeyReadBackWithoutSecrets() throws IOException, URISyntaxException {
        ConfigSpec config = ConfigLoader.load(full(), ENVIRONMENT);

        assertThat(EffectiveConfig.yaml(config)).contains("listen: '[::1]:0'",
                "password: ${env:DB_PASSWORD}", "max_blob_gb: 0.5", "older_than_days: 90")
                .doesNotContain("hunter");
        assertReadsBack(config);
    }

    private void assertReadsBack(ConfigSpec config) throws IOException {
        Path shown = Files.writeString(folder.resolve("effective.yaml"), EffectiveConfig.yaml(
                config));

        assertThat(ConfigLoader.load(shown, ENVIRONMENT).registryServer()).isEqualTo(config
                .registryServer());
    }

    private void assertRefused(String server, String expected) throws IOException {
        Path file = write("primary_registry: {url: embedded}\nregistry_server: {" + server + "}\n");

        assertThatThrownBy(() -> ConfigLoader.load(file, ENVIRONMENT)).isInstanceOf(
                ConfigException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining(":2:")
                .hasMessageNotContaining("hunter2");
    }

    private ServerSpec load(String server) throws IOException {
        return ConfigLoader.load(write("primary_registry: {url: embedded}\nregistry_server: "
                + server + "\n"), ENVIRONMENT).registryServer();
    }

    private static Path full() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ServerSectionTest.class.getResource(
                "/server-registry.yaml")).toURI());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("registry.yaml"), yaml);
    }
}
