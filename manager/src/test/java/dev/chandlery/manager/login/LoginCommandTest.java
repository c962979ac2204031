package dev.chandlery.manager.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.manager.command.ManagerCommand;
import dev.chandlery.oci.client.auth.Credentials;
import dev.chandlery.oci.client.auth.DockerCredentialProvider;
import dev.chandlery.testkit.hostile.Answer;
import dev.chandlery.testkit.hostile.HostileRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins in this process, at a registry that knows one user. */
class LoginCommandTest {
    private static final String SECRET = "s3cret";

    @TempDir
    Path folder;
    @AutoClose
    final HostileRegistry registry = HostileRegistry.start();

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void askForOneUser() {
        String right = "Basic " + Base64.getEncoder()
                .encodeToString(("me:" + SECRET).getBytes(StandardCharsets.UTF_8));
        registry.always("GET", "/v2/", request -> request.header("Authorization")
                .filter(right::equals)
                .map(_ -> Answer.of(200, "{}"))
                .orElseGet(() -> Answer.error(401, "UNAUTHORIZED")
                        .with("WWW-Authenticate", "Basic realm=\"r\"")));
    }

    @Test
    void rightPasswordIsKeptUntilTheLogout() {
        Outcome in = run(SECRET + "\n", "login", host(), "-u", "me", "--password-stdin");

        assertThat(in.code()).as(in.err()).isZero();
        assertThat(in.out()).startsWith("Logged in to " + host() + " as me");
        assertThat(in.err()).contains("config.json").doesNotContain(SECRET);
        assertThat(credentials()).isEqualTo(new Credentials.Password("me", SECRET));
        assertThat(run("", "logout", host()).out()).startsWith("Logged out of " + host());
        assertThat(credentials()).isEqualTo(Credentials.anonymous());
        assertThat(run("", "logout", host()).out()).startsWith("There was no login");
    }

    @Test
    void wrongPasswordIsNotKept() {
        Outcome in = run("other", "login", host(), "-u", "me", "--password-stdin");

        assertThat(in.code()).isEqualTo(1);
        assertThat(in.err()).startsWith("Error: cannot reach registry").doesNotContain("other\n");
        assertThat(folder.resolve("config.json")).doesNotExist();
    }

    @Test
    void withoutAPasswordNothingIsAsked() {
        assertThat(run("", "login", host(), "-u", "me", "--password-stdin").err()).contains(
                "got nothing");
        Outcome silent = run("", "login", host());
        assertThat(silent.code()).isEqualTo(2);
        assertThat(silent.err()).contains("--password-stdin");
        assertThat(registry.requests()).isEmpty();
    }

    private Credentials credentials() {
        return DockerCredentialProvider.of(environment()).credentials(registry.registry());
    }

    private String host() {
        return registry.registry().toString();
    }

    private Map<String, String> environment() {
        return new TreeMap<>(Map.of("DOCKER_CONFIG", folder.toString(), "HOME", folder
                .toString()));
    }

    private Outcome run(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(stream(out), stream(err), environment());
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            int code = new Program(console, ManagerCommand.class).run(args);
            return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(
                    StandardCharsets.UTF_8));
        } finally {
            System.setIn(before);
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
