package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RegistryLocation;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.content.TagLister;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.store.MemoryStore;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A repository in memory that writes down what is asked of it, and breaks where it is told to. */
class WatchedStore implements Target {
    final MemoryStore memory = new MemoryStore();
    final List<String> calls = new CopyOnWriteArrayList<>();
    private final RegistryLocation location;
    private volatile BiConsumer<String, Object> fault = (verb, what) -> {};

    WatchedStore(String registry, String repository) {
        this.location = new RegistryLocation(Registry.parse(registry), new RepositoryName(
                repository));
    }

    /** Is called with verb and content before each call goes on; may throw. */
    void onCall(BiConsumer<String, Object> thrower) {
        fault = thrower;
    }

    long count(String verb) {
        return calls.stream().filter(call -> call.startsWith(verb + " ")).count();
    }

    long count(String verb, Object what) {
        return calls.stream().filter((verb + " " + what)::equals).count();
    }

    private void note(String verb, Object what) {
        calls.add(verb + " " + what);
        fault.accept(verb, what);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) {
        note("fetch", descriptor.digest());
        return memory.fetch(descriptor);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        note("exists", descriptor.digest());
        return memory.exists(descriptor);
    }

    @Override
    public Optional<Descriptor> find(Identifier identifier) {
        note("find", identifier);
        return memory.find(identifier);
    }

    @Override
    public Optional<ManifestDocument> findManifest(Identifier identifier) {
        note("get", identifier);
        return memory.findManifest(identifier);
    }

    @Override
    public Optional<RegistryLocation> location() {
        return Optional.of(location);
    }

    @Override
    public Optional<TagLister> tagLister() {
        return memory.tagLister().map(lister -> () -> {
            note("tags", location.repository());
            return lister.tags();
        });
    }

    @Override
    public Optional<ReferrerLister> referrerLister() {
        return memory.referrerLister();
    }

    @Override
    public void push(Descriptor expected, Content content) {
        note("push", expected.digest());
        memory.push(expected, content);
    }

    @Override
    public Pushed push(Descriptor expected, Content content, PushHint hint) {
        note(hint.resend() ? "resend" : "push", expected.digest());
        if (memory.exists(expected)) {
            return Pushed.PRESENT;
        }
        memory.push(expected, content);
        return hint.mountFrom().isPresent() ? Pushed.MOUNTED : Pushed.SENT;
    }

    @Override
    public void tag(Descriptor manifest, Tag tag) {
        note("tag", tag);
        memory.tag(manifest, tag);
    }

    @Override
    public void push(ManifestDocument manifest, Tag tag) {
        note("tag", tag);
        memory.push(manifest.descriptor(), Content.of(manifest.raw()));
        memory.tag(manifest.descriptor(), tag);
    }

    @Override
    public String toString() {
        return location.toString();
    }
}
