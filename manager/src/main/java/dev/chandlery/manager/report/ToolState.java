package dev.chandlery.manager.report;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Digest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the registry has of one tool.
 *
 * @param tool its name
 * @param versions newest first; the newest few
 * @param published number of all versions
 * @param error why it could not be read; empty when it could
 */
record ToolState(String tool, List<Version> versions, int published, Optional<String> error) {

    ToolState {
        versions = List.copyOf(versions);
    }

    /**
     * One version.
     *
     * @param platforms that there are
     * @param absent platforms of registry.yaml that there are not
     */
    record Version(String version, SortedMap<PlatformName, Content> platforms,
            List<PlatformName> absent) {

        Version {
            platforms = Collections.unmodifiableSortedMap(new TreeMap<>(platforms));
            absent = List.copyOf(absent);
        }

        /** When upstream released it, as far as any platform says. */
        Optional<Instant> released() {
            return platforms.values()
                    .stream()
                    .flatMap(content -> content.released().stream())
                    .min(Instant::compareTo);
        }
    }

    /**
     * One platform.
     *
     * @param digest of its manifest
     * @param rung that it was published with; empty when nothing says so
     * @param released by upstream
     */
    record Content(Digest digest, Optional<String> rung, Optional<Instant> released) {}
}
