package dev.chandlery.registry.server;

import dev.chandlery.registry.access.AccessRule;
import dev.chandlery.registry.access.AccessRules;
import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.HtpasswdFile;
import dev.chandlery.registry.access.RepositoryPattern;
import dev.chandlery.registry.http.PortChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * Two tenants, red and blue, who have all rights below their own name and none elsewhere; what is below
 * {@code public/} everybody may pull, and both may push. Their passwords are {@code red-secret} and
 * {@code blue-secret}; the user {@code ops} may do everything, and read metrics.
 */
final class Accounts {
    private static final int CHEAP = 4;

    private Accounts() {}

    static ServerOptions options(Path folder) {
        return ServerOptions.loopback(PortChoice.ANY)
                .withAccess(new AccessOptions.Guarded(rules(),
                        List.of(HtpasswdFile.open(htpasswd(folder))), Set.of("ops"), Optional
                                .empty()));
    }

    static AccessRules rules() {
        return new AccessRules(List.of(rule("red/**", Set.of("red"), EnumSet.allOf(Action.class)),
                rule("blue/**", Set.of("blue"), EnumSet.allOf(Action.class)), rule("**", Set.of(
                        "ops"), EnumSet.allOf(Action.class)), rule("public/**", Set.of(
                                AccessRule.USERS), EnumSet.of(Action.PUSH)), rule("public/**", Set
                                        .of(AccessRule.ANYBODY), EnumSet.of(Action.PULL))));
    }

    private static AccessRule rule(String pattern, Set<String> who, Set<Action> actions) {
        return new AccessRule(RepositoryPattern.parse(pattern), who, actions);
    }

    static Path htpasswd(Path folder) {
        Path file = folder.resolve("htpasswd");
        StringBuilder lines = new StringBuilder();
        for (String name : List.of("red", "blue", "ops")) {
            lines.append(line(name, name + "-secret"));
        }
        try {
            return Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String line(String name, String password) {
        byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        return name + ":" + OpenBSDBCrypt.generate("2y", password.toCharArray(), salt, CHEAP)
                + "\n";
    }

    static String basic(String name) {
        return basic(name, name + "-secret");
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder()
                .encodeToString((name + ":" + password).getBytes(
                        StandardCharsets.UTF_8));
    }
}
