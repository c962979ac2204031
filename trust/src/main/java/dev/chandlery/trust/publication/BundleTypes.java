package dev.chandlery.trust.publication;

import dev.chandlery.oci.MediaType;

/** Types and annotations of bundles, which are images of several published tools. */
public final class BundleTypes {
    /** A bundle for one platform, and the index over its platforms. */
    public static final MediaType BUNDLE = new MediaType("application/vnd.chandlery.bundle.v1");
    /** What is inside a bundle, attached to its index: the type of the artifact and of its one layer. */
    public static final MediaType LOCK = new MediaType(
            "application/vnd.chandlery.bundle.lock.v1+json");

    /** On bundles: tools with versions, in the order of their layers, separated by spaces. */
    public static final String TOOLS = "dev.chandlery.bundle.tools";
    /** On bundles: digest of the lock. */
    public static final String LOCKED = "dev.chandlery.bundle.lock";
    /** On a bundle's layers: the tool that the layer is of; not on those of the base image. */
    public static final String TOOL = "dev.chandlery.bundle.tool";
    /** Image-spec's: the base image as it was asked for. */
    public static final String BASE_NAME = "org.opencontainers.image.base.name";
    /** Image-spec's: digest of the base image's manifest. */
    public static final String BASE_DIGEST = "org.opencontainers.image.base.digest";

    private BundleTypes() {}
}
