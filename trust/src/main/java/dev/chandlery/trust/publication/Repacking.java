package dev.chandlery.trust.publication;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ContentSpec;
import dev.chandlery.oci.Descriptor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Packs an asset again, as the publisher did: the same asset gives the same image on every machine. Found by
 * {@link ServiceLoader}, so that who checks needs no publisher to compile.
 */
public interface Repacking {

    /**
     * What is to be packed.
     *
     * @param tool its name
     * @param platform that it is for
     * @param content how it is packed
     * @param created when upstream published it; empty where that is not known
     * @param file upstream's
     */
    record Request(String tool, PlatformName platform, ContentSpec content,
            Optional<Instant> created, UpstreamFile file) {}

    /**
     * What is packed.
     *
     * @param name as upstream calls it
     * @param path on our disk
     */
    record UpstreamFile(String name, Path path) {}

    /**
     * What came out.
     *
     * @param config of the image
     * @param layer its only one
     */
    record Image(Descriptor config, Descriptor layer) {}

    /**
     * Packs; executables are compared with the platform as when publishing.
     *
     * @param folder empty; the caller removes what is put there
     * @throws dev.chandlery.oci.MalformedContentException when the asset cannot be packed in that way
     */
    Image repack(Request request, Path folder);

    /** The one on the class path, if there is one. */
    static Optional<Repacking> find() {
        return ServiceLoader.load(Repacking.class).findFirst();
    }
}
