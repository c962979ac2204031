package dev.chandlery.trust;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.oci.json.StrictJson;

/** Reads the JSON of proofs: one object, no key twice, bounded in size and depth. */
public final class JsonDocument {
    /** More than any proof of one release needs, few enough to be held in memory. */
    public static final int MAX_BYTES = 16 << 20;

    private JsonDocument() {}

    /**
     * The members of the object that the bytes are.
     *
     * @param what for messages, and the path of its members
     * @throws MalformedContentException when they are anything else, or too many
     */
    public static Fields read(Bytes json, String what) {
        requireSize(json, what);
        return new Fields(StrictJson.readObject(json, what), what);
    }

    /**
     * Requires content that is small enough to be read.
     *
     * @throws MalformedContentException when there are more than {@link #MAX_BYTES}
     */
    public static void requireSize(Bytes content, String what) {
        if (content.size() > MAX_BYTES) {
            throw new MalformedContentException("cannot read " + what + ": expected at most "
                    + MAX_BYTES + " bytes, got " + content.size());
        }
    }
}
