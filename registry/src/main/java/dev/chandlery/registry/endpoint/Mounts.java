package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.Authorizer;
import dev.chandlery.registry.access.Decision;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.hook.Change;
import dev.chandlery.registry.hook.Hooks;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.metadata.RepositoryRecords;
import dev.chandlery.registry.route.Call;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes blobs of one repository members of another. Only what the caller may pull from the source is
 * mounted; why a mount cannot be is never told, so that asking teaches nothing about other repositories.
 */
public record Mounts(BlobMembers members, RepositoryRecords repositories, BlobStorage storage,
        Authorizer authorizer, Clock clock, Hooks hooks) {
    private static final int BATCH = 500;

    boolean mount(Call call, Digest digest) {
        Optional<String> from = call.query().first("from");
        return from.isPresent()
                ? allowed(call, named(from.get())).stream()
                        .anyMatch(source -> mount(call, source, digest))
                : mountFromAny(call, digest);
    }

    /**
     * Asks the repositories that the caller may pull from, whoever has the blob: the work, and so the time, tells
     * nothing of what others have.
     */
    private boolean mountFromAny(Call call, Digest digest) {
        String after = "";
        while (true) {
            List<RepositoryName> batch = repositories.names(new Page(after, BATCH));
            boolean mounted = members.holders(digest, allowed(call, batch))
                    .stream()
                    .anyMatch(source -> mount(call, source, digest));
            if (mounted || batch.size() < BATCH) {
                return mounted;
            }
            after = batch.getLast().value();
        }
    }

    private List<RepositoryName> allowed(Call call, List<RepositoryName> names) {
        return names.stream()
                .filter(source -> authorizer.decide(call.caller(), source,
                        Action.PULL) instanceof Decision.Allowed)
                .toList();
    }

    private boolean mount(Call call, RepositoryName source, Digest digest) {
        OptionalLong size = members.find(source, digest);
        if (size.isEmpty() || storage.find(digest).isEmpty()) {
            return false; // what storage has lost is uploaded, which brings it back
        }
        Change change = new Change(Change.Operation.MOUNT_BLOB, call.repository(), digest
                .toString(), size.getAsLong(), Optional.empty(), call.actor());
        return hooks.around(change, () -> members.mount(source, call.repository(), digest,
                new Recorded(clock.instant(), call.caller().name())));
    }

    private static List<RepositoryName> named(String from) {
        try {
            return List.of(new RepositoryName(from));
        } catch (InvalidReferenceException _) {
            return List.of();
        }
    }
}
