package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.refusal.Unknown;
import dev.chandlery.registry.route.Call;

/** Tags and digests in requests for manifests. */
final class Identifiers {
    private Identifiers() {}

    /**
     * The identifier of something to read: a malformed tag names nothing.
     *
     * @throws RefusedException 404 {@code MANIFEST_UNKNOWN} or 400 {@code DIGEST_INVALID}
     */
    static Identifier existing(Call call) {
        if (call.argument().indexOf(':') >= 0) {
            return Digests.parse(call.argument());
        }
        try {
            return new Tag(call.argument());
        } catch (InvalidReferenceException _) {
            throw Unknown.manifest(call.repository(), call.argument());
        }
    }

    /**
     * The identifier of something to write.
     *
     * @throws RefusedException 400
     */
    static Identifier written(String text) {
        return text.indexOf(':') >= 0 ? Digests.parse(text) : tag(text);
    }

    static Tag tag(String text) {
        try {
            return new Tag(text);
        } catch (InvalidReferenceException e) {
            throw new RefusedException(ErrorCode.NAME_INVALID, String.valueOf(e.getMessage()));
        }
    }
}
