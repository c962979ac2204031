package dev.chandlery.manager.health;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one registry answered.
 *
 * @param response time of the first answer
 * @param tags of the first tool's repository; empty when they could not be listed
 * @param writable whether an upload session could be opened; empty when it was not tried
 * @param error what went wrong first; empty when all is well
 */
public record RegistryHealth(Duration response, OptionalLong tags, Optional<Boolean> writable,
        Optional<String> error) {

    public boolean isHealthy() {
        return error.isEmpty();
    }
}
