package dev.chandlery.upstream;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry of upstream's list.
 *
 * @param name as upstream has it, such as the tag {@code v31.1} or Maven's {@code 4.31.1}
 * @param version that users know, such as {@code 31.1}
 * @param published when; empty where upstream does not say
 * @param prerelease whether upstream or the version itself says so
 * @param page for people
 * @param due when it may be published, if it has to wait for that; empty when it may be now
 */
public record Release(String name, Version version, Optional<Instant> published,
        boolean prerelease, Optional<URI> page, Optional<Instant> due) {

    public Release {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
    }

    /** One that may be published now. */
    public Release(String name, Version version, Optional<Instant> published, boolean prerelease,
            Optional<URI> page) {
        this(name, version, published, prerelease, page, Optional.empty());
    }

    /** Whether it is too young yet. */
    public boolean isWaiting() {
        return due.isPresent();
    }

    @Override
    public String toString() {
        return name;
    }
}
