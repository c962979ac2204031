package dev.chandlery.config.endpoint;

import dev.chandlery.config.tool.SelectionSpec;

import java.util.Optional;

/**
 * A copy of a registry, or of a part of it, that is kept up to date.
 *
 * @param name key in {@code mirrors}
 * @param source where it is copied from
 * @param target where it is copied to
 * @param what of the source
 * @param when it is brought up to date without being asked; empty for never
 */
public record MirrorSpec(String name, End source, End target, SelectionSpec what,
        Optional<String> when) {

    /** The value of {@code when} that follows each publication. */
    public static final String AFTER_PUBLISH = "after publish";

    /** A registry at one end. */
    public sealed interface End {

        /** As messages call it. */
        String label();
    }

    /** {@link RegistriesSpec#PRIMARY}, or a backup registry by its url, host, or host and namespace. */
    public record Named(String label) implements End {}

    /** A registry that only this mirror has. */
    public record Own(EndpointSpec endpoint) implements End {
        @Override
        public String label() {
            return endpoint.label();
        }
    }
}
