package dev.chandlery.oci;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keys of annotations, and how a map of them is kept: sorted, so that the same annotations give the
 * same bytes on every machine and in every run.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Annotations.
 */
public final class Annotations {
    public static final String TITLE = "org.opencontainers.image.title";
    public static final String VERSION = "org.opencontainers.image.version";
    public static final String SOURCE = "org.opencontainers.image.source";
    public static final String URL = "org.opencontainers.image.url";
    public static final String CREATED = "org.opencontainers.image.created";
    public static final String LICENSES = "org.opencontainers.image.licenses";
    public static final String DESCRIPTION = "org.opencontainers.image.description";
    public static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** Makes {@code oras pull} unpack a layer; its value is {@code true}. */
    public static final String ORAS_UNPACK = "io.deis.oras.content.unpack";
    /** Digest of the tar inside a compressed layer that {@code oras pull} unpacks. */
    public static final String ORAS_CONTENT_DIGEST = "io.deis.oras.content.digest";

    /** Where upstream offered the asset; an absolute URI without credentials or query. */
    public static final String UPSTREAM_URL = "dev.chandlery.upstream.url";
    /** Digest of the asset as upstream offered it. */
    public static final String UPSTREAM_DIGEST = "dev.chandlery.upstream.digest";
    /** Size in bytes of the asset as upstream offered it. */
    public static final String UPSTREAM_SIZE = "dev.chandlery.upstream.size";
    /** The name upstream gave the release, such as the tag {@code v31.1} or a Maven version. */
    public static final String UPSTREAM_RELEASE = "dev.chandlery.upstream.release";
    /** The rung of the ladder of trust that the asset stood on when it was published. */
    public static final String TRUST_RUNG = "dev.chandlery.trust.rung";
    /** What is to be known about the checks of the asset, one remark on a line. */
    public static final String TRUST_NOTES = "dev.chandlery.trust.notes";

    /** On a version's index: {@code true} when upstream called the release a prerelease. */
    public static final String UPSTREAM_PRERELEASE = "dev.chandlery.upstream.prerelease";

    /** On a layout's index: digest of the index of the layout whose blobs were left out of this one. */
    public static final String LAYOUT_BASE = "dev.chandlery.layout.base";

    private Annotations() {}

    /** A sorted, unmodifiable copy. */
    public static SortedMap<String, String> sorted(Map<String, String> annotations) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** The unmodifiable empty map. */
    public static SortedMap<String, String> none() {
        return Collections.emptySortedMap();
    }
}
