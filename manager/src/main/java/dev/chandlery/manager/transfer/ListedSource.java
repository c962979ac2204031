package dev.chandlery.manager.transfer;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.RegistryLocation;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.TagLister;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/**
 * A source whose tags were listed already: the list is not asked for a second time.
 *
 * @param source all else is asked of
 * @param tags that it had
 */
record ListedSource(Source source, Set<Tag> tags) implements Source {

    @Override
    public InputStream fetch(Descriptor descriptor) {
        return source.fetch(descriptor);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return source.exists(descriptor);
    }

    @Override
    public Optional<Descriptor> find(Identifier identifier) {
        return source.find(identifier);
    }

    @Override
    public Optional<ManifestDocument> findManifest(Identifier identifier) {
        return source.findManifest(identifier);
    }

    @Override
    public Optional<RegistryLocation> location() {
        return source.location();
    }

    @Override
    public long throttles() {
        return source.throttles();
    }

    @Override
    public Optional<TagLister> tagLister() {
        return Optional.of(() -> tags.stream().sorted());
    }

    @Override
    public Optional<ReferrerLister> referrerLister() {
        return source.referrerLister();
    }

    /** Two lists of one source are of the same store. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ListedSource listed && source.equals(listed.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
