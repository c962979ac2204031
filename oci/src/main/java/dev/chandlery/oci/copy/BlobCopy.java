package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import dev.chandlery.oci.copy.CopyRun.Attempt;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Places blobs at the target. Of all that want the same blob in one registry at the same time, one sends it;
 * others mount it from there, or send it too where that is not possible.
 */
final class BlobCopy {
    private final Route route;
    private volatile boolean lacked;
    private volatile boolean had;

    BlobCopy(Route route) {
        this.route = route;
    }

    /** Makes the blob be there, and tells how it came there; what this run sent before is present. */
    Pushed place(Descriptor blob) {
        KnownBlobs known = route.run().known();
        Endpoint to = route.to();
        while (!known.has(to, blob.digest())) {
            Optional<RepositoryName> holder = holder(blob);
            Object place = holder.isPresent() ? to.store() : to.registry();
            // One for another repository is but a hint: in the next turn the blob is mounted from there.
            switch (fly(place, blob, () -> hint(blob))) {
                case Attempt.Placed(Object store, Pushed pushed) when store.equals(to.store()) -> {
                    return pushed;
                }
                case Attempt.Failed(Object store, OciException e) when store.equals(to.store()) ->
                    throw e;
                case Attempt _ -> {
                }
            }
        }
        return Pushed.PRESENT;
    }

    /** Sends the bytes whatever the target says that it has. */
    void resend(Descriptor blob) {
        route.run().known().forget(route.to(), blob.digest());
        if (fly(route.to().store(), blob, () -> PushHint.RESEND) instanceof Attempt.Failed failed) {
            throw failed.failure();
        }
    }

    private Attempt fly(Object place, Descriptor blob, Supplier<PushHint> hint) {
        return route.run()
                .blobs()
                .join(new CopyRun.Flight(place, blob.digest()), () -> attempt(blob, hint));
    }

    private Attempt attempt(Descriptor blob, Supplier<PushHint> hint) {
        Object store = route.to().store();
        try {
            return new Attempt.Placed(store, route.run().known().has(route.to(), blob.digest())
                    ? Pushed.PRESENT
                    : push(blob, hint.get()));
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new Attempt.Failed(store, e);
        }
    }

    private Pushed push(Descriptor blob, PushHint hint) {
        route.run().tell(new CopyEvent.Started(blob, route.target()));
        Pushed pushed = route.between(target -> target.push(blob, route.contentOf(blob), hint));
        route.run().known().add(route.to(), blob.digest());
        if (pushed == Pushed.SENT) {
            lacked = true;
        } else if (pushed == Pushed.PRESENT) {
            had = true;
        }
        route.run().tell(switch (pushed) {
            case SENT -> new CopyEvent.Sent(blob, route.target());
            case MOUNTED -> new CopyEvent.Mounted(blob, route.target());
            case PRESENT -> new CopyEvent.Present(blob, route.target());
        });
        return pushed;
    }

    /**
     * From where it can be mounted, looked for once nobody else is sending it: who sent it for another repository
     * may have ended only now.
     */
    private PushHint hint(Descriptor blob) {
        return holder(blob).map(PushHint::mountFrom).orElseGet(this::hint);
    }

    /** A target without a tag that lacked all so far is most likely new. */
    private PushHint hint() {
        boolean isNew = lacked && !had && route.targetTags().filter(Set::isEmpty).isPresent();
        return isNew ? PushHint.LIKELY_ABSENT : PushHint.NONE;
    }

    /** A repository of the target's registry that has it: where it was sent to, or the source itself. */
    private Optional<RepositoryName> holder(Descriptor blob) {
        return route.run()
                .known()
                .holder(route.to(), blob.digest())
                .or(() -> route.from().sameRegistry(route.to())
                        ? route.from().repository()
                        : Optional.empty());
    }
}
