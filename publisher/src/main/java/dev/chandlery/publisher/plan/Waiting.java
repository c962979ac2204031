package dev.chandlery.publisher.plan;

import dev.chandlery.config.source.PlatformName;
import java.time.Instant;
import java.util.List;

/**
 * A release that would be published if registry.yaml did not ask to wait.
 *
 * @param tool its name
 * @param version its number
 * @param cause why it waits
 */
public record Waiting(String tool, String version, Cause cause) {

    /** Why something waits. */
    public sealed interface Cause {}

    /**
     * It is younger than {@code minimum_release_age}.
     *
     * @param due when it is old enough
     */
    public record TooYoung(Instant due) implements Cause {}

    /**
     * Upstream does not offer platforms without which it is not to be published.
     *
     * @param lacking those
     */
    public record Incomplete(List<PlatformName> lacking) implements Cause {
        public Incomplete {
            lacking = List.copyOf(lacking);
        }
    }

    /** For people: the tool, the version, and until when or for what. */
    @Override
    public String toString() {
        return tool + " " + version + switch (cause) {
            case TooYoung(Instant due) -> " waits until " + due + " (minimum_release_age)";
            case Incomplete(List<PlatformName> lacking) -> " waits for " + String.join(", ", lacking
                    .stream()
                    .map(PlatformName::value)
                    .toList()) + " (not offered upstream yet)";
        };
    }
}
