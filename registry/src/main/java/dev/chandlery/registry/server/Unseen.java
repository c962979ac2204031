package dev.chandlery.registry.server;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.metadata.ManifestMembers;
import dev.chandlery.registry.metadata.ManifestPush;
import dev.chandlery.registry.metadata.ManifestRecord;
import dev.chandlery.registry.metadata.NameRange;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.Presence;
import dev.chandlery.registry.metadata.PushOutcome;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.metadata.ReferrerPage;
import dev.chandlery.registry.metadata.RepositoryRecords;
import dev.chandlery.registry.metadata.TagRecords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a caller finds in a repository that it may not see: nothing. Each question is asked of the real
 * records all the same, about a repository that cannot be, so that the answer takes as long as any other
 * that finds nothing.
 */
final class Unseen {
    /** Pushes to names of this kind are refused. */
    private static final RepositoryName NOWHERE = new RepositoryName("packages/none");

    private Unseen() {}

    record Blobs(BlobMembers real) implements BlobMembers {
        @Override
        public OptionalLong find(RepositoryName repository, Digest digest) {
            return real.find(NOWHERE, digest);
        }

        @Override
        public OptionalLong use(RepositoryName repository, Digest digest, Instant touchedBefore,
                Instant now) {
            return find(repository, digest);
        }

        @Override
        public boolean mount(RepositoryName from, RepositoryName to, Digest digest,
                Recorded recorded) {
            throw notAsked();
        }

        @Override
        public boolean remove(RepositoryName repository, Digest digest) {
            throw notAsked();
        }

        @Override
        public List<RepositoryName> holders(Digest digest, List<NameRange> among,
                int limit) {
            throw notAsked();
        }
    }

    record Manifests(ManifestMembers real) implements ManifestMembers {
        @Override
        public Optional<ManifestRecord> find(RepositoryName repository, Identifier identifier) {
            return real.find(NOWHERE, identifier);
        }

        @Override
        public PushOutcome check(RepositoryName repository, ManifestPush push) {
            throw notAsked();
        }

        @Override
        public PushOutcome push(RepositoryName repository, ManifestPush push, Recorded recorded,
                Presence presence) {
            throw notAsked();
        }

        @Override
        public boolean remove(RepositoryName repository, Digest digest) {
            throw notAsked();
        }

        @Override
        public ReferrerPage referrers(RepositoryName repository, Digest subject,
                @Nullable MediaType artifactType, Page page, LongConsumer room) {
            return real.referrers(NOWHERE, subject, artifactType, page, room);
        }
    }

    record Repositories(RepositoryRecords real) implements RepositoryRecords {
        @Override
        public boolean exists(RepositoryName repository) {
            return real.exists(NOWHERE);
        }

        @Override
        public long bytes(RepositoryName repository) {
            throw notAsked();
        }

        @Override
        public List<RepositoryName> list(NameRange among, Page page) {
            throw notAsked();
        }
    }

    record Tags(TagRecords real) implements TagRecords {
        @Override
        public List<Tag> list(RepositoryName repository, Page page) {
            return real.list(NOWHERE, page);
        }

        @Override
        public boolean remove(RepositoryName repository, Tag tag) {
            throw notAsked();
        }
    }

    private static IllegalStateException notAsked() {
        return new IllegalStateException("what is hidden is only looked for");
    }
}
