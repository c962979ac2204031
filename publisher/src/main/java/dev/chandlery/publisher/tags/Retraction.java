package dev.chandlery.publisher.tags;

import java.time.Instant;

/**
 * That upstream took a published version back, or offers it again. Its bytes stay either way.
 *
 * @param tool its name
 * @param version its number
 * @param restored whether it is offered again
 * @param reason for people, such as {@code the release is gone}; empty when restored
 * @param found when, by the clock of who found it
 */
public record Retraction(String tool, String version, boolean restored, String reason,
        Instant found) {

    @Override
    public String toString() {
        return tool + " " + version + (restored
                ? " is offered upstream again"
                : " was taken back upstream: " + reason + "; what is published stays");
    }
}
