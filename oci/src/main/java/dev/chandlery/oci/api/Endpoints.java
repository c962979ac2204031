package dev.chandlery.oci.api;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import java.util.regex.Pattern;

/**
 * Paths of the API, below the registry's origin. Names, tags and digests hold no character that a path must
 * escape.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Endpoints.
 */
public final class Endpoints {
    /** end-1. */
    public static final String ROOT = "/v2/";
    /** Not of the specification, but of distribution and what followed it. */
    public static final String CATALOG = "/v2/_catalog";

    /** Largest manifest that is read or taken; the specification asks for 4 MiB at least. */
    public static final int MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

    /** Most bytes of the index of a layout, which names all that is in it: some 60,000 tags. */
    public static final int MAX_LAYOUT_INDEX_BYTES = 16 * 1024 * 1024;

    private Endpoints() {}

    /** end-2, end-10. */
    public static String blob(RepositoryName name, Digest digest) {
        return ROOT + name + "/blobs/" + digest;
    }

    /** end-3, end-7, end-9. */
    public static String manifest(RepositoryName name, Identifier identifier) {
        return ROOT + name + "/manifests/" + identifier;
    }

    /** end-4. */
    public static String uploads(RepositoryName name) {
        return ROOT + name + "/blobs/uploads/";
    }

    /** end-5, end-6, end-13, end-14. */
    public static String upload(RepositoryName name, String session) {
        return uploads(name) + session;
    }

    /** end-8. */
    public static String tags(RepositoryName name) {
        return ROOT + name + "/tags/list";
    }

    /** end-12. */
    public static String referrers(RepositoryName name, Digest subject) {
        return ROOT + name + "/referrers/" + subject;
    }

    /**
     * The tag that lists a subject's referrers where the registry has no referrers API.
     *
     * <p><b>Spec:</b> distribution-spec v1.1.1, Referrers Tag Schema.
     */
    public static Tag fallbackTag(Digest subject) {
        String text = subject.algorithm().label() + "-" + subject.encoded();
        return new Tag(text.substring(0, Math.min(text.length(), MAX_FALLBACK_TAG)));
    }

    /** Whether it is such a tag, as far as its form says. */
    public static boolean isFallbackTag(Tag tag) {
        return FALLBACK_TAG.matcher(tag.value()).matches();
    }

    private static final Pattern FALLBACK_TAG = Pattern.compile("sha(?:256|512)-[0-9a-f]{64}");

    /** Algorithm of 32, dash, 64 of the hash at most. */
    private static final int MAX_FALLBACK_TAG = "sha512-".length() + 64;
}
