package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RegistryLocation;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.content.TagLister;
import dev.chandlery.oci.content.Target;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Stands before a target to which nothing shall be written: it asks the target what is there, opens no content,
 * and remembers what would have been written as if it had been. So a dry run is the run itself.
 *
 * <p><b>Concurrency:</b> as safe as the target.
 */
public final class DryRunTarget implements Target {
    private final Target target;
    private final Set<NodeKey> written = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<Tag, Descriptor> tags = new ConcurrentHashMap<>();

    public DryRunTarget(Target target) {
        this.target = target;
    }

    @Override
    public InputStream fetch(Descriptor descriptor) {
        return target.fetch(descriptor);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return written.contains(descriptor.key()) || target.exists(descriptor);
    }

    @Override
    public Optional<Descriptor> find(Identifier identifier) {
        Optional<Descriptor> moved = identifier instanceof Tag tag
                ? Optional.ofNullable(tags.get(tag))
                : Optional.empty();
        return moved.or(() -> target.find(identifier));
    }

    @Override
    public Optional<RegistryLocation> location() {
        return target.location();
    }

    @Override
    public long throttles() {
        return target.throttles();
    }

    @Override
    public Optional<TagLister> tagLister() {
        return target.tagLister();
    }

    @Override
    public Optional<ReferrerLister> referrerLister() {
        return target.referrerLister();
    }

    @Override
    public void push(Descriptor expected, Content content) {
        push(expected, content, PushHint.NONE);
    }

    @Override
    public Pushed push(Descriptor expected, Content content, PushHint hint) {
        if (!hint.resend() && exists(expected)) {
            return Pushed.PRESENT;
        }
        written.add(expected.key());
        return hint.mountFrom().isPresent() ? Pushed.MOUNTED : Pushed.SENT;
    }

    @Override
    public void push(ManifestDocument manifest, Tag tag) {
        written.add(manifest.descriptor().key());
        tag(manifest.descriptor(), tag);
    }

    @Override
    public void tag(Descriptor manifest, Tag tag) {
        tags.put(tag, manifest);
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
