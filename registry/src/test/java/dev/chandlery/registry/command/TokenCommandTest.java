package dev.chandlery.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.registry.server.ChildRegistry;
import dev.chandlery.registry.server.PlainClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenCommandTest {
    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void makesListsAndRevokesBesideARunningRegistry() throws IOException {
        try (ChildRegistry child = ChildRegistry.start(RegistryProgram.class, "serve", "--storage",
                folder.toString(), "--listen", "127.0.0.1:0", "--anonymous", "none", "-q");
                PlainClient client = PlainClient.of(child.registry())) {
            assertThat(status(client, "")).isEqualTo(401);
            assertThat(run("create", "ci", "--scope", "oci:repository:a/**:pull", "--expires",
                    "1h")).isZero();
            String token = out.toString(StandardCharsets.UTF_8).strip();
            assertThat(token).matches("chandlery_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
            assertThat(status(client, token)).isEqualTo(200);
            out.reset();
            assertThat(run("list", "-o", "json")).isZero();
            JsonNode listed = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
            assertThat(listed.at("/0/name").asText()).isEqualTo("ci");
            assertThat(listed.at("/0/scopes/0").asText()).isEqualTo("oci:repository:a/**:pull");
            assertThat(listed.toString()).doesNotContain(token.substring(30));
            assertThat(run("create", "ci", "--scope", "oci:repository:a/**:pull")).isEqualTo(1);
            assertThat(run("revoke", "ci")).isZero();
            Awaitility.await().until(() -> status(client, token) == 401);
            assertThat(run("revoke", "ci")).isEqualTo(1);
            out.reset();
            assertThat(run("list", "--all")).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("revoked");
        }
    }

    @ParameterizedTest
    @CsvSource({"ci, oci:repository:a:fly", "ci, repository:a:pull", "'a b', oci:registry:metrics",
            "ci, oci:repository:A:pull"})
    void saysWhatIsWrong(String name, String scope) {
        assertThat(run("create", name, "--scope", scope)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("expected");
    }

    @Test
    void makesNoTokenThatIsNeverGood() {
        assertThat(run("create", "ci", "--scope", "oci:registry:metrics", "--expires", "0d"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--expires");
    }

    @Test
    void makesNoStorage() {
        assertThat(run("list")).isEqualTo(1);
        assertThat(folder).isEmptyDirectory();
    }

    private static int status(PlainClient client, String token) {
        PlainClient.Call call = client.call("GET", "/v2/");
        return (token.isEmpty() ? call : call.header("Authorization", "Bearer " + token)).send()
                .statusCode();
    }

    private int run(String command, String... args) {
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("HOME", folder
                        .toString()));
        String[] all = new String[args.length + 4];
        all[0] = "token";
        all[1] = command;
        System.arraycopy(args, 0, all, 2, args.length);
        all[all.length - 2] = "--storage";
        all[all.length - 1] = folder.toString();
        return new Program(console, RegistryProgram.class).run(all);
    }
}
