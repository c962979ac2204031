package dev.chandlery.oci.client.auth;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.StorageException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A program that keeps logins for Docker's clients, {@code docker-credential-NAME} in the path. Jib asks it
 * for them; here they are stored and erased. Secrets go by its standard input only.
 *
 * @param name behind {@code docker-credential-}
 * @param environment of the program
 */
record CredentialHelper(String name, Map<String, String> environment) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 60;
    private static final int MAX_ANSWER_BYTES = 4096;

    CredentialHelper {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new StorageException(
                    "cannot use the credential helper of Docker's configuration: its name is odd");
        }
    }

    void store(String server, String user, String secret) {
        Map<String, String> login = new TreeMap<>(Map.of("ServerURL", server, "Username", user,
                "Secret", secret));
        try {
            int code = run("store", JSON.writeValueAsString(login));
            if (code != 0) {
                throw failure("store", "it ended with code " + code);
            }
        } catch (IOException e) {
            throw failure("store", String.valueOf(e.getMessage()));
        }
    }

    /** Whether it knew the server, as far as it tells. */
    boolean erase(String server) {
        try {
            return run("erase", server) == 0;
        } catch (IOException e) {
            throw failure("erase", String.valueOf(e.getMessage()));
        }
    }

    private int run(String verb, String input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program(), verb)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            feed(process, input);
            // What it says is short, and may hold what nobody should see.
            process.getInputStream().readNBytes(MAX_ANSWER_BYTES);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw failure(verb, "no answer in " + PATIENCE_SECONDS + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot wait for " + this + ": interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private static void feed(Process process, String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading: its code tells more.
        }
    }

    private String program() {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, toString()))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(toString());
    }

    private StorageException failure(String verb, String why) {
        return new StorageException("cannot " + verb + " the login by " + this + ": " + why);
    }

    @Override
    public String toString() {
        return "docker-credential-" + name;
    }
}
