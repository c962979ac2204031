package dev.chandlery.oci.store;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.content.TagLister;
import dev.chandlery.oci.content.Target;
import java.io.InputStream;
import java.util.Optional;

/**
 * One of several repositories in a layout: content is the layout's, tags are its own.
 *
 * @param layout that it is in
 * @param name of the repository
 */
record RepositoryInLayout(LayoutWriter layout, RepositoryName name) implements Target {

    @Override
    public InputStream fetch(Descriptor descriptor) {
        return layout.fetch(descriptor);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return layout.exists(descriptor);
    }

    @Override
    public Optional<Descriptor> find(Identifier identifier) {
        return switch (identifier) {
            case Digest digest -> layout.find(digest);
            case Tag tag -> layout.find(LayoutEntry.name(name, tag));
        };
    }

    @Override
    public Optional<TagLister> tagLister() {
        return Optional.of(() -> layout.tags(name + ":"));
    }

    @Override
    public Optional<ReferrerLister> referrerLister() {
        return layout.referrerLister();
    }

    @Override
    public void push(Descriptor expected, Content content) {
        layout.push(expected, content);
    }

    @Override
    public Pushed push(Descriptor expected, Content content, PushHint hint) {
        return layout.push(expected, content, hint);
    }

    @Override
    public void tag(Descriptor manifest, Tag tag) {
        layout.tag(manifest, LayoutEntry.name(name, tag));
    }

    @Override
    public String toString() {
        return "repository " + name + " of " + layout;
    }
}
