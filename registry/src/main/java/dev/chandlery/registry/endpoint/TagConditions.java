package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.oci.api.HeaderNames;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.metadata.TagCondition;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.Optional;

/**
 * Conditions on the tag that a push moves. The specification has none; with them two writers of one tag
 * cannot overwrite each other unseen.
 *
 * <p><b>Spec:</b> RFC 9110, sections 13.1.1 and 13.1.2. Deviation: one entity tag, not a list.
 */
final class TagConditions {
    private TagConditions() {}

    static TagCondition of(HeaderFields headers) {
        Optional<String> match = headers.first(HeaderNames.IF_MATCH).map(String::strip);
        if (match.isPresent()) {
            return match.get().equals("*")
                    ? new TagCondition.Present()
                    : new TagCondition.PointsAt(digest(match.get()));
        }
        Optional<String> noneMatch = headers.first(HeaderNames.IF_NONE_MATCH).map(String::strip);
        if (noneMatch.isPresent() && !noneMatch.get().equals("*")) {
            throw new RefusedException(ErrorCode.UNSUPPORTED, 400,
                    "cannot read If-None-Match of a push: expected *", HeaderFields.NONE);
        }
        return noneMatch.isPresent() ? new TagCondition.Absent() : new TagCondition.Any();
    }

    private static Digest digest(String entityTag) {
        if (entityTag.length() < 2 || !entityTag.startsWith("\"") || !entityTag.endsWith("\"")) {
            throw new RefusedException(ErrorCode.DIGEST_INVALID,
                    "cannot read If-Match: expected a quoted digest or *");
        }
        return Digests.parse(entityTag.substring(1, entityTag.length() - 1));
    }
}
