package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Writes down manifests that were sent or read by tag while another request was sending them. */
final class OneAtATime extends WatchedStore {
    final Set<Digest> busy = ConcurrentHashMap.newKeySet();
    final Set<Digest> overlaps = ConcurrentHashMap.newKeySet();

    OneAtATime() {
        super("target.example", "tools/a");
    }

    @Override
    public Pushed push(Descriptor expected, Content content, PushHint hint) {
        return alone(expected, () -> super.push(expected, content, hint));
    }

    @Override
    public void push(ManifestDocument manifest, Tag tag) {
        alone(manifest.descriptor(), () -> {
            super.push(manifest, tag);
            return Pushed.SENT;
        });
    }

    @Override
    public Optional<Descriptor> find(Identifier identifier) {
        Optional<Descriptor> found = super.find(identifier);
        found.map(Descriptor::digest).filter(busy::contains).ifPresent(overlaps::add);
        return found;
    }

    private Pushed alone(Descriptor node, Supplier<Pushed> push) {
        if (!node.mediaType().isManifest()) {
            return push.get();
        }
        if (!busy.add(node.digest())) {
            overlaps.add(node.digest());
        }
        LockSupport.parkNanos(50_000);
        Pushed pushed = push.get();
        LockSupport.parkNanos(50_000);
        busy.remove(node.digest());
        return pushed;
    }
}
