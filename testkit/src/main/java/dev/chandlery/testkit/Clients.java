package dev.chandlery.testkit;

import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Registry clients of others on this machine: named by a variable ({@code ORAS}, {@code CRANE}, ...), on the
 * path, or in {@code ~/go/bin}. Where one is not there, the test is skipped and says so.
 */
public final class Clients {

    private Clients() {}

    public static ClientProgram oras() {
        return assume("oras");
    }

    public static ClientProgram skopeo() {
        return assume("skopeo");
    }

    public static ClientProgram crane() {
        return assume("crane");
    }

    public static ClientProgram curl() {
        return assume("curl");
    }

    /** To be closed by the test, as it has a home of its own. */
    public static ClientProgram assume(String name) {
        return assume(name, System.getenv());
    }

    static ClientProgram assume(String name, Map<String, String> environment) {
        return Programs.find(name, environment)
                .map(ClientProgram::new)
                .orElseGet(() -> Assumptions.abort("needs the program " + name + " on the path"));
    }
}
