package dev.chandlery.scheduler.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Where and when jobs run.
 *
 * @param node name of this process among all that share the history
 * @param clock of the history
 * @param keep how long the history is kept
 */
public record Setting(String node, InstantSource clock, Duration keep) {

    public Instant now() {
        return clock.instant();
    }
}
