package dev.chandlery.oci;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Registry, repository, and what to resolve there; tag and digest are both kept when both are given.
 *
 * @param registry the service host
 * @param repository the name inside it
 * @param tag the mutable pointer, null when none is given
 * @param digest the content address, null when none is given
 */
public record Reference(Registry registry, RepositoryName repository, @Nullable Tag tag,
        @Nullable Digest digest) {

    public Reference {
        Objects.requireNonNull(registry);
        Objects.requireNonNull(repository);
    }

    /**
     * Reads {@code host[:port]/name[:tag][@digest]}. The host is never guessed: the first component
     * must be one, as it holds a dot or a colon or is {@code localhost}.
     *
     * @throws InvalidReferenceException when a part breaks its grammar or the host is missing
     */
    public static Reference parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !isHost(text.substring(0, slash))) {
            throw new InvalidReferenceException("reference", text,
                    "expected host[:port]/name[:tag][@digest]");
        }
        String rest = text.substring(slash + 1);
        int at = rest.indexOf('@');
        Digest digest = at < 0 ? null : Digest.parse(rest.substring(at + 1));
        String named = at < 0 ? rest : rest.substring(0, at);
        int colon = named.indexOf(':');
        Tag tag = colon < 0 ? null : new Tag(named.substring(colon + 1));
        String name = colon < 0 ? named : named.substring(0, colon);
        return new Reference(Registry.parse(text.substring(0, slash)), new RepositoryName(name),
                tag, digest);
    }

    /** What to resolve: the digest when there is one, else the tag. */
    public Optional<Identifier> identifier() {
        return Optional.ofNullable(digest != null ? digest : tag);
    }

    @Override
    public String toString() {
        return registry + "/" + repository + (tag == null ? "" : ":" + tag)
                + (digest == null ? "" : "@" + digest);
    }

    private static boolean isHost(String component) {
        return component.equals("localhost") || component.indexOf('.') >= 0
                || component.indexOf(':') >= 0;
    }
}
