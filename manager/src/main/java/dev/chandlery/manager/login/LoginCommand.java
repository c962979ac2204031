package dev.chandlery.manager.login;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.auth.DockerConfigFile;
import dev.chandlery.oci.client.auth.FixedCredentials;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code manager login}. */
@Command(name = "login", mixinStandardHelpOptions = true, description = {
        "Check a login, and keep it in Docker's configuration, or in the credential helper that is named there.",
        "docker, podman, oras, skopeo and crane find it there too. registry.yaml is not read."}, footer = {
                "", "Examples:", "  manager login ghcr.io -u me",
                "  echo \"$TOKEN\" | manager login ghcr.io -u me --password-stdin"})
public final class LoginCommand implements Callable<Integer> {
    private static final int MAX_PASSWORD_BYTES = 64 * 1024;

    private final Console console;
    private final InputStream input;

    @Parameters(paramLabel = "REGISTRY", description = "host[:port], such as ghcr.io")
    private String host = "";

    @Option(names = {"-u",
            "--username"}, paramLabel = "NAME", description = "Asked for when it is not given.")
    private @Nullable String user;

    @Option(names = "--password-stdin", description = "Read the password, or a token in its place, from standard input.")
    private boolean passwordFromInput;

    @Option(names = "--plain-http", description = "Speak HTTP without TLS, which is the default on loopback only.")
    private boolean plainHttp;

    LoginCommand(Console console) {
        this(console, System.in);
    }

    LoginCommand(Console console, InputStream input) {
        this.console = console;
        this.input = input;
    }

    @Override
    public Integer call() {
        Registry registry = Registry.parse(host);
        String name = user != null ? user : ask("Username: ");
        String password = passwordFromInput ? read() : askSecretly();
        check(registry, name, password);
        DockerConfigFile file = DockerConfigFile.of(console.environment());
        String place = file.store(registry, name, password);
        console.out().println("Logged in to " + registry + " as " + name);
        if (place.equals(file.file().toString())) {
            console.note("Note: the password is in " + place
                    + ", not encrypted; a credential helper of Docker would keep it safer");
        }
        return ExitCode.DONE.code();
    }

    private void check(Registry registry, String name, String password) {
        ClientOptions options = plainHttp
                ? ClientOptions.DEFAULT.withPlainHttp(true)
                : ClientOptions.DEFAULT;
        try (HttpTransport transport = new HttpTransport(TransportOptions.of(console
                .environment()))) {
            new RemoteRegistry(registry, transport, FixedCredentials.of(registry, name, password),
                    options).ping();
        }
    }

    private String read() {
        try {
            byte[] bytes = input.readNBytes(MAX_PASSWORD_BYTES + 1);
            String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n$", "");
            if (text.isEmpty() || bytes.length > MAX_PASSWORD_BYTES) {
                throw new CommandException(ExitCode.USAGE,
                        "expected a password on standard input, got " + (text.isEmpty()
                                ? "nothing"
                                : "more than " + MAX_PASSWORD_BYTES + " bytes"));
            }
            return text;
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "cannot read standard input: " + e
                    .getMessage());
        }
    }

    private String ask(String prompt) {
        return answered(terminal().readLine(prompt));
    }

    private String askSecretly() {
        char[] typed = terminal().readPassword("Password: ");
        return answered(typed == null ? null : new String(typed));
    }

    private static String answered(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "nothing was entered");
        }
        return text;
    }

    @SuppressWarnings("SystemConsoleNull") // the platform's own documentation allows null
    private java.io.Console terminal() {
        java.io.Console terminal = System.console();
        if (terminal == null || !console.interactive()) {
            throw new CommandException(ExitCode.USAGE, "there is no terminal to ask on",
                    "give --username NAME and --password-stdin");
        }
        return terminal;
    }
}
