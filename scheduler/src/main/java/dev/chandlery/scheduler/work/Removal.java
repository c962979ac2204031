package dev.chandlery.scheduler.work;

import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Deleter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** What retention of tools and of bundles have in common. */
final class Removal {
    private static final int MOST_LOCK_BYTES = 16 << 20;

    private Removal() {}

    /** Removes a manifest with what is attached to it; its tags go with it. */
    static void remove(RemoteRepository repository, Descriptor manifest) {
        Deleter deleter = repository.deleter()
                .orElseThrow(() -> new UnsupportedFeatureException("cannot remove " + manifest
                        .digest() + " of " + repository + ": the registry does not delete"));
        List<Descriptor> attached = repository.referrerLister().map(lister -> {
            try (Stream<Descriptor> listed = lister.referrers(manifest.digest())) {
                return listed.toList();
            }
        }).orElse(List.of());
        deleter.delete(manifest);
        attached.forEach(deleter::delete);
    }

    /** When upstream released it, as a manifest's annotations say; empty when they do not. */
    static Optional<Instant> created(SortedMap<String, String> annotations) {
        return instant(annotations.getOrDefault(Annotations.CREATED, ""));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text)
                            .toInstant());
        } catch (DateTimeException _) {
            return Optional.empty(); // not by us: it stays
        }
    }

    /** All that lock files say; nothing is removed when one cannot be read. */
    static String locked(ConfigSpec config) {
        StringBuilder all = new StringBuilder();
        for (Path file : config.registryServer().upkeep().collection().locked()) {
            try (InputStream input = Files.newInputStream(file)) {
                byte[] text = input.readNBytes(MOST_LOCK_BYTES + 1);
                if (text.length > MOST_LOCK_BYTES) {
                    throw new StorageException("cannot read lock file " + file + ": expected "
                            + MOST_LOCK_BYTES + " bytes or fewer");
                }
                all.append(new String(text, StandardCharsets.UTF_8)).append('\n');
            } catch (IOException e) {
                throw new StorageException("cannot read lock file " + file + ": " + e, e);
            }
        }
        return all.toString();
    }
}
