package dev.chandlery.bench.peer;

import dev.chandlery.bench.process.ServerProcess;
import dev.chandlery.bench.process.Tool;
import dev.chandlery.bench.wire.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * Ours, as it is built: by its launcher, with all that is on by default but the log of all requests; where
 * clients must log in, with an audit log.
 *
 * @param checkout the folder of the whole project, built
 * @param logins whether clients must log in
 * @param javaOptions more options for its JVM
 */
public record Chandlery(String name, Path checkout, boolean logins,
        String javaOptions) implements Peer {
    private static final String USER = "bench";
    private static final String PASSWORD = "measured";
    private static final int BCRYPT_COST = 10;
    private static final int SALT_BYTES = 16;

    /** Ours with users and passwords. */
    public static Chandlery withLogins(String name, Path checkout) {
        return new Chandlery(name, checkout, true, "");
    }

    /** Ours open to everybody. */
    public static Chandlery open(String name, Path checkout) {
        return new Chandlery(name, checkout, false, "");
    }

    /** The same with other options of its JVM. */
    public Chandlery jvm(String options) {
        return new Chandlery(name, checkout, logins, options);
    }

    private Path launcher() {
        return checkout.resolve("dist/target/chandlery/bin/registry");
    }

    @Override
    public String version() throws InterruptedException {
        return new Tool(launcher()).run("--version").lines().findFirst().orElse("")
                + (javaOptions.isEmpty() ? "" : " with " + javaOptions);
    }

    @Override
    public Optional<String> missing() throws InterruptedException {
        if (!Files.isExecutable(launcher())) {
            return Optional.of("it is not built: run mvn -q -pl bench -am package -DskipTests");
        }
        return logins && !new Tool(launcher()).run("serve", "--help").contains("--htpasswd")
                ? Optional.of("it knows no logins")
                : Optional.empty();
    }

    @Override
    public Skills skills() {
        return new Skills(true, true);
    }

    @Override
    public Site start(Path folder, Address address) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher().toString(), "serve",
                "--storage", folder.resolve("content").toString(), "--listen", address
                        .toString()));
        // The others log no requests, either.
        command.addAll(List.of("--access-log", "off"));
        if (logins) {
            command.addAll(List.of("--htpasswd", passwords(folder).toString(), "--audit-log",
                    folder.resolve("audit").toString()));
        }
        return new Site(this, folder, address, ServerProcess.start(command, Map.of(
                "CHANDLERY_JAVA_OPTS", javaOptions), folder.resolve("log")), logins
                        ? new TokenLogin(address, USER, PASSWORD)
                        : Site.Login.NONE);
    }

    private static Path passwords(Path folder) throws IOException {
        Path file = folder.resolve("htpasswd");
        if (Files.exists(file)) {
            return file;
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        String hash = OpenBSDBCrypt.generate("2y", PASSWORD.toCharArray(), salt, BCRYPT_COST);
        return Files.writeString(file, USER + ":" + hash + "\n");
    }
}
