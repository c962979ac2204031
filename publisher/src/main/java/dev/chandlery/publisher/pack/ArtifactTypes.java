package dev.chandlery.publisher.pack;

import dev.chandlery.oci.MediaType;

/** Types of the artifacts that we make. */
public final class ArtifactTypes {
    /** A tool for one platform, and the index over its platforms. */
    public static final MediaType TOOL = new MediaType("application/vnd.chandlery.tool.v1");
    /** What upstream gave us, attached to a tool. */
    public static final MediaType UPSTREAM = new MediaType("application/vnd.chandlery.upstream.v1");

    private ArtifactTypes() {}
}
