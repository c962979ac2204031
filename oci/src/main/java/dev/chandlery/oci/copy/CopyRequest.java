package dev.chandlery.oci.copy;

import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.Target;
import java.util.List;
import java.util.Objects;

/**
 * One graph to be copied.
 *
 * @param source where it is
 * @param identifier of its root; a tag is resolved once
 * @param target where it shall be
 * @param tags that shall point at the root there; none leaves it without one
 */
public record CopyRequest(Source source, Identifier identifier, Target target, List<Tag> tags) {

    public CopyRequest {
        Objects.requireNonNull(source);
        Objects.requireNonNull(identifier);
        Objects.requireNonNull(target);
        tags = tags.stream().distinct().toList();
    }

    /** The tag of the source, under the same name. */
    public static CopyRequest of(Source source, Tag tag, Target target) {
        return new CopyRequest(source, tag, target, List.of(tag));
    }

    @Override
    public String toString() {
        return identifier + " from " + source + " to " + target;
    }
}
