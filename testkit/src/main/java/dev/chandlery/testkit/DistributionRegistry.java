package dev.chandlery.testkit;

import dev.chandlery.oci.Registry;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A registry that is not ours, to test against: the distribution project's, in a container where Docker is,
 * else Debian's {@code docker-registry} on the path (or named by the variable {@code DOCKER_REGISTRY}). Where
 * there is neither, tests are skipped, or fail when {@code CHANDLERY_REQUIRE_REGISTRY} or {@code CI} is
 * {@code true}.
 *
 * <p>Plain HTTP on loopback; to be closed by who started it.
 */
public final class DistributionRegistry implements AutoCloseable {
    private final RunningRegistry running;

    private DistributionRegistry(RunningRegistry running) {
        this.running = running;
    }

    /** Starts one; blocks until it answers. */
    public static DistributionRegistry start(RegistryOptions options) {
        return start(options, System.getenv());
    }

    static DistributionRegistry start(RegistryOptions options, Map<String, String> environment) {
        return container(options, environment).or(() -> RegistryProcess.start(options, environment))
                .map(DistributionRegistry::new)
                .orElseGet(() -> absent(environment));
    }

    public Registry registry() {
        return running.registry();
    }

    /** What it is, for reports. */
    @Override
    public String toString() {
        return running.description() + " at " + registry();
    }

    @Override
    public void close() {
        running.close();
    }

    // Docker may be there without a way to the image.
    private static Optional<RunningRegistry> container(RegistryOptions options,
            Map<String, String> environment) {
        try {
            return RegistryContainer.start(options, environment);
        } catch (RuntimeException e) {
            System.getLogger(DistributionRegistry.class.getName())
                    .log(System.Logger.Level.WARNING, "no container of a registry: "
                            + e.getMessage());
            return Optional.empty();
        }
    }

    private static DistributionRegistry absent(Map<String, String> environment) {
        String message =
                "needs Docker, or the program docker-registry (Debian's package) on the path";
        if (isTrue("CHANDLERY_REQUIRE_REGISTRY", environment) || isTrue("CI", environment)) {
            return Assertions.fail(message);
        }
        return Assumptions.abort(message);
    }

    private static boolean isTrue(String variable, Map<String, String> environment) {
        return "true".equals(environment.get(variable));
    }
}
