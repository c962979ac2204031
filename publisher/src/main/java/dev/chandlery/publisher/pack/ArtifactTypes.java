package dev.chandlery.publisher.pack;

import dev.chandlery.oci.MediaType;

/** Types of the artifacts that we make. */
public final class ArtifactTypes {
    /** A tool for one platform, and the index over its platforms. */
    public static final MediaType TOOL = new MediaType("application/vnd.chandlery.tool.v1");
    /** What upstream gave us, attached to a tool. */
    public static final MediaType UPSTREAM = new MediaType("application/vnd.chandlery.upstream.v1");

    /** That upstream changed a file, and what became of it; attached to the tool that was made of the old one. */
    public static final MediaType DRIFT = new MediaType("application/vnd.chandlery.drift.v1");
    /** That upstream took a version back, or offers it again; attached to it. */
    public static final MediaType RETRACTION = new MediaType(
            "application/vnd.chandlery.retraction.v1");

    private ArtifactTypes() {}
}
