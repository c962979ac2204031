package dev.chandlery.manager.airgap;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.content.TagLister;
import dev.chandlery.oci.content.Target;
import java.io.InputStream;
import java.util.Optional;

/**
 * One repository of a layout that is read. It plays a target only as a place's repositories do; it takes
 * nothing.
 *
 * @param place that it is in
 * @param path of the repository
 */
record ImportRepository(ImportPlace place, String path) implements Target {

    @Override
    public InputStream fetch(Descriptor descriptor) {
        return place.fetch(descriptor);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return place.layout().exists(descriptor);
    }

    @Override
    public Optional<Descriptor> find(Identifier identifier) {
        return switch (identifier) {
            case Digest digest -> place.layout().find(digest);
            case Tag tag -> Optional.ofNullable(place.tags(path).get(tag));
        };
    }

    @Override
    public Optional<TagLister> tagLister() {
        return Optional.of(() -> place.tags(path).keySet().stream());
    }

    @Override
    public Optional<ReferrerLister> referrerLister() {
        return place.layout().referrerLister();
    }

    @Override
    public void push(Descriptor expected, Content content) {
        throw readOnly();
    }

    @Override
    public void tag(Descriptor manifest, Tag tag) {
        throw readOnly();
    }

    @Override
    public String toString() {
        return "repository " + path + " of " + place;
    }

    private UnsupportedFeatureException readOnly() {
        return new UnsupportedFeatureException("cannot write to " + this + ": it is read only");
    }
}
