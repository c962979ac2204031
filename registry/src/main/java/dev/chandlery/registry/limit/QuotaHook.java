package dev.chandlery.registry.limit;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.hook.Change;
import dev.chandlery.registry.hook.RegistryHook;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.metadata.RepositoryRecords;
import dev.chandlery.registry.upload.StagedBytes;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Refuses what would fill a repository beyond its quota, and what it has already is not counted again. What is
 * being pushed at the same time counts, and so does what unfinished uploads have staged, so that many together do
 * not get past it; other servers over the same records count for themselves, and may go beyond by what they push
 * at the same moment.
 */
public final class QuotaHook implements RegistryHook {
    private final List<Quota> quotas;
    private final RepositoryRecords repositories;
    private final BlobMembers blobs;
    private final StagedBytes staged;
    private final Map<RepositoryName, Long> reserved = new HashMap<>();
    /** Of each change that is going on, whatever others are equal to it. */
    private final IdentityHashMap<Change, Long> sizes = new IdentityHashMap<>();

    /** Enforces the first quota that matches a repository. */
    public QuotaHook(List<Quota> quotas, MetadataStore metadata, StagedBytes staged) {
        this.quotas = List.copyOf(quotas);
        this.repositories = metadata.repositories();
        this.blobs = metadata.blobs();
        this.staged = staged;
    }

    @Override
    public Optional<String> before(Change change) {
        Optional<Quota> quota = quotaOf(change);
        if (quota.isEmpty()) {
            return Optional.empty();
        }
        long size = isThere(change) ? 0 : change.size();
        long max = quota.get().maxBytes();
        synchronized (reserved) {
            long used = repositories.bytes(change.repository()) + reserved.getOrDefault(change
                    .repository(), 0L);
            if (size > 0 && used + size > max) {
                return Optional.of("cannot store " + change.size() + " bytes in " + change
                        .repository() + ": " + used + " of its quota of " + max
                        + " bytes are used; delete something there, or ask for more");
            }
            reserved.merge(change.repository(), size, Long::sum);
            sizes.put(change, size);
            return Optional.empty();
        }
    }

    /** What other uploads have staged counts too. */
    @Override
    public OptionalLong room(Change change) {
        Optional<Quota> quota = quotaOf(change);
        return quota.isEmpty() || isThere(change)
                ? OptionalLong.empty()
                : OptionalLong.of(quota.get().maxBytes() - repositories.bytes(change.repository())
                        - staged.in(change.repository()) + change.size());
    }

    @Override
    public void after(Change change, boolean done) {
        synchronized (reserved) {
            Long size = sizes.remove(change);
            if (size != null) {
                reserved.computeIfPresent(change.repository(), (_, bytes) -> bytes.equals(size)
                        ? null
                        : Long.valueOf(bytes - size));
            }
        }
    }

    private Optional<Quota> quotaOf(Change change) {
        return switch (change.operation()) {
            case PUSH_BLOB, MOUNT_BLOB, PUSH_MANIFEST -> quotas.stream()
                    .filter(quota -> quota.repositories().matches(change.repository()))
                    .findFirst();
            case DELETE_BLOB, DELETE_MANIFEST -> Optional.empty();
        };
    }

    private boolean isThere(Change change) {
        if (change.operation() == Change.Operation.PUSH_MANIFEST) {
            return false;
        }
        try {
            return blobs.find(change.repository(), Digest.parse(change.target())).isPresent();
        } catch (InvalidReferenceException _) {
            return false;
        }
    }
}
