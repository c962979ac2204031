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
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.route.Call;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes blobs of one repository members of another. Only what the caller may pull from the source is
 * mounted; why a mount cannot be is never told, so that asking teaches nothing about other repositories.
 */
public record Mounts(BlobMembers members, BlobStorage storage, Authorizer authorizer, Clock clock,
        Hooks hooks) {
    /** More are not looked at where it takes a look at names to tell which may be pulled from. */
    private static final int MAX_HOLDERS = 500;
    /** One is enough, unless it is taken away in that moment. */
    private static final int MAX_TRIES = 3;

    /** Without a named source, the database is asked once, and only about where the caller may pull from. */
    boolean mount(Call call, Digest digest) {
        return call.query()
                .first("from")
                .map(Mounts::named)
                .orElseGet(() -> members.holders(digest, call.caller().reach(), MAX_HOLDERS))
                .stream()
                .filter(source -> authorizer.decide(call.caller(), source,
                        Action.PULL) instanceof Decision.Allowed)
                .limit(MAX_TRIES)
                .anyMatch(source -> mount(call, source, digest));
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
