package dev.chandlery.scheduler.work;

import dev.chandlery.cli.registry.PublishedBundle;
import dev.chandlery.cli.registry.PublishedBundle.Build;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Removes old builds of one bundle: the index, then its images, with what is attached to them. What
 * {@code latest} names stays, the version of registry.yaml, and what a lock file of the registry names. A build
 * is as old as the newest of its tools.
 */
final class BundleRetention {
    private static final System.Logger LOG = System.getLogger(BundleRetention.class.getName());

    private final ConfigSpec config;
    private final PublishedBundle published;

    BundleRetention(ConfigSpec config, RegistryConnection registry, BundleSpec bundle) {
        this.config = config;
        this.published = PublishedBundle.read(registry, config, bundle);
    }

    /** Removes builds from before that time; the versions that went. */
    List<String> removeOlder(Instant before) {
        String locked = Removal.locked(config);
        List<Build> old = new ArrayList<>();
        Set<Digest> needed = new HashSet<>();
        for (Tag tag : published.builds()) {
            published.find(tag).ifPresent(build -> {
                boolean stays = isWanted(tag) || Removal.created(build.annotations())
                        .filter(at -> at.isBefore(before))
                        .isEmpty() || digests(build).anyMatch(digest -> locked.contains(digest
                                .toString()));
                if (stays) {
                    digests(build).forEach(needed::add);
                } else {
                    old.add(build);
                }
            });
        }
        List<String> removed = new ArrayList<>();
        for (Build build : old) {
            if (!needed.contains(build.index().digest())) {
                remove(build, needed);
                removed.add(build.name());
            }
        }
        return removed;
    }

    private boolean isWanted(Tag tag) {
        return !tag.value().startsWith("v") || published.bundle()
                .version()
                .filter(version -> tag.value().equals("v" + version))
                .isPresent();
    }

    /** The index first, as no tag may name an image that is gone; what is removed once is not looked at again. */
    private void remove(Build build, Set<Digest> needed) {
        List<Descriptor> all = new ArrayList<>(List.of(build.index()));
        all.addAll(build.platforms().values());
        for (Descriptor manifest : all) {
            if (needed.add(manifest.digest())) {
                Removal.remove(published.repository(), manifest);
            }
        }
        LOG.log(System.Logger.Level.INFO, () -> "removed bundle " + published.bundle().name() + " "
                + build.name());
    }

    private static Stream<Digest> digests(Build build) {
        return Stream.concat(Stream.of(build.index()), build.platforms().values().stream())
                .map(Descriptor::digest);
    }
}
