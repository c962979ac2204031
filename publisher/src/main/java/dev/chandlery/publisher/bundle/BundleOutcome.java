package dev.chandlery.publisher.bundle;

import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import java.util.List;
import java.util.SortedMap;

/** How one bundle ended. */
public sealed interface BundleOutcome {

    /** From registry.yaml. */
    BundleSpec bundle();

    /**
     * It is new in the registry, or was there before.
     *
     * @param digest of its index
     * @param tags that name the index
     * @param platforms that it is built for
     * @param leftOut platforms that it is not built for, with the reason
     * @param moved what had to be moved; all zero when it was there before
     */
    record Built(BundleSpec bundle, Digest digest, List<Tag> tags, List<PlatformName> platforms,
            SortedMap<PlatformName, String> leftOut, Moved moved) implements BundleOutcome {
        public Built {
            tags = List.copyOf(tags);
            platforms = List.copyOf(platforms);
        }
    }

    /**
     * It is not built yet, which is no failure of its own.
     *
     * @param why for people
     */
    record Waiting(BundleSpec bundle, String why) implements BundleOutcome {}

    /** It was refused or could not be moved; no tag was touched. */
    record Failed(BundleSpec bundle, RuntimeException cause) implements BundleOutcome {}

    /**
     * What was done with the blobs of the tools.
     *
     * @param mounted number taken over inside the registry
     * @param copied number sent through this machine, from another registry or one that does not mount
     * @param there number that the bundle's repository had
     * @param changed whether anything was written
     */
    record Moved(int mounted, int copied, int there, boolean changed) {
        static final Moved NOTHING = new Moved(0, 0, 0, false);

        /** All that were looked at; 0 when the images themselves were there. */
        public int blobs() {
            return mounted + copied + there;
        }
    }

    /** Whether it is new in the registry. */
    default boolean changed() {
        return this instanceof Built built && built.moved().changed();
    }
}
