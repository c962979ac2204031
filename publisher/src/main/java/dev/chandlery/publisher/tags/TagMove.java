package dev.chandlery.publisher.tags;

import dev.chandlery.oci.Tag;
import java.util.Optional;

/**
 * A floating tag that names the wrong version.
 *
 * @param tool its name
 * @param tag such as {@code latest}
 * @param from the version that it names; empty when there is no such tag
 * @param to the version that it is to name; empty to remove it
 */
public record TagMove(String tool, Tag tag, Optional<String> from, Optional<String> to) {

    @Override
    public String toString() {
        return tool + ":" + tag + " " + from.map(version -> version + " -> ").orElse("-> ") + to
                .orElse("(removed)");
    }
}
