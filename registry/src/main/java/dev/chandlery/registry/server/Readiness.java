package dev.chandlery.registry.server;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.observe.Recent;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Looks whether metadata and storage answer; at most once a second, however often somebody asks. */
final class Readiness {
    private static final System.Logger LOG = System.getLogger(Readiness.class.getName());
    private static final RepositoryName ANY = new RepositoryName("packages/none");
    private static final Digest NOTHING = Digest.ofBytes(new byte[0]);

    private final MetadataStore metadata;
    private final BlobStorage storage;
    private final Recent<Set<String>> failing = new Recent<>(this::look, Duration.ofSeconds(1));

    Readiness(MetadataStore metadata, BlobStorage storage) {
        this.metadata = metadata;
        this.storage = storage;
    }

    /** Names of what does not work. */
    Set<String> failing() {
        return failing.get();
    }

    private Set<String> look() {
        Set<String> parts = new TreeSet<>();
        check("metadata", () -> metadata.repositories().exists(ANY), parts);
        check("storage", () -> storage.find(NOTHING), parts);
        return Set.copyOf(parts);
    }

    private static void check(String part, Runnable question, Set<String> failing) {
        try {
            question.run();
        } catch (OciException e) {
            failing.add(part);
            LOG.log(System.Logger.Level.WARNING, () -> part + " does not work: " + e.getMessage());
        }
    }
}
