package dev.chandlery.registry.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.ManifestMembers;
import dev.chandlery.registry.metadata.ManifestPush;
import dev.chandlery.registry.metadata.ManifestRecord;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.Presence;
import dev.chandlery.registry.metadata.PushOutcome;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.metadata.ReferrerPage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Remembers what {@link #find} found; what it did not find is looked for again each time. */
final class CachedManifests implements ManifestMembers {
    /** What commands beside the server change is seen after so long. */
    private static final Duration LIFETIME = Duration.ofSeconds(1);
    private static final long MAX_CHARACTERS = 8L * 1024 * 1024;
    /** Rough cost of an entry besides its annotations. */
    private static final int ENTRY_CHARACTERS = 512;

    private record Key(RepositoryName repository, Identifier identifier) {}

    private record Entry(ManifestRecord manifest, long generation) {}

    private final ManifestMembers members;
    private final Generations generations;
    private final Cache<Key, Entry> found = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((Key _, Entry entry) -> ENTRY_CHARACTERS + entry.manifest()
                    .annotations()
                    .length())
            .expireAfterWrite(LIFETIME)
            .recordStats()
            .build();

    CachedManifests(ManifestMembers members, Generations generations) {
        this.members = members;
        this.generations = generations;
    }

    CacheCount count() {
        return CacheCount.of(found);
    }

    @Override
    public Optional<ManifestRecord> find(RepositoryName repository, Identifier identifier) {
        long generation = generations.of(repository);
        Key key = new Key(repository, identifier);
        Entry known = found.getIfPresent(key);
        if (known != null && known.generation() == generation) {
            return Optional.of(known.manifest());
        }
        Optional<ManifestRecord> manifest = members.find(repository, identifier);
        manifest.ifPresent(read -> found.put(key, new Entry(read, generation)));
        return manifest;
    }

    @Override
    public PushOutcome check(RepositoryName repository, ManifestPush push) {
        return members.check(repository, push);
    }

    @Override
    public PushOutcome push(RepositoryName repository, ManifestPush push, Recorded recorded,
            Presence presence) {
        return generations.change(repository, () -> members.push(repository, push, recorded,
                presence));
    }

    @Override
    public boolean remove(RepositoryName repository, Digest digest) {
        return generations.change(repository, () -> members.remove(repository, digest));
    }

    @Override
    public ReferrerPage referrers(RepositoryName repository, Digest subject,
            @Nullable MediaType artifactType, Page page, LongConsumer room) {
        return members.referrers(repository, subject, artifactType, page, room);
    }
}
