package dev.chandlery.oci.store;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.json.ManifestReader;
import dev.chandlery.oci.json.ManifestWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The entries of {@code index.json}: manifests that have a tag, and those without that no index names. What
 * others wrote there (other annotations, names that are no tags) stays as it is.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Layout, index.json.
 *
 * @param document as it was read
 */
record LayoutIndex(ImageIndex document) {

    static final LayoutIndex EMPTY = new LayoutIndex(new ImageIndex(MediaType.IMAGE_INDEX, null,
            List
                    .of(), null, Annotations.none()));

    /**
     * Reads it.
     *
     * @param name of the layout, for messages
     * @throws MalformedContentException when it is no image index
     */
    static LayoutIndex parse(Bytes raw, String name) {
        try {
            return new LayoutIndex(ManifestReader.readLayoutIndex(raw));
        } catch (MalformedContentException e) {
            throw new MalformedContentException("cannot read index.json of " + name + ": " + e
                    .getMessage(), e);
        } catch (LimitExceededException e) {
            throw new LimitExceededException("cannot read index.json of " + name + ": " + e
                    .getMessage());
        }
    }

    /** As it is to be written; equal indexes give equal bytes. */
    Bytes raw(String name) {
        Bytes raw = ManifestWriter.write(document).raw();
        if (raw.size() > Endpoints.MAX_LAYOUT_INDEX_BYTES) {
            throw new LimitExceededException("cannot write index.json of " + name + ": "
                    + raw.size() + " bytes, at most " + Endpoints.MAX_LAYOUT_INDEX_BYTES
                    + "; use several layouts");
        }
        return raw;
    }

    List<Descriptor> entries() {
        return document.manifests();
    }

    /** The first entry of that name, as other programs read it, too. */
    Optional<Descriptor> find(Tag tag) {
        return entries().stream().filter(entry -> tag.value().equals(name(entry))).findFirst();
    }

    /** Sorted; names that are no tags are passed over. */
    Stream<Tag> tags() {
        return entries().stream().flatMap(entry -> tagOf(entry).stream()).distinct().sorted();
    }

    /** With an entry without name for the manifest, and without such entries of what it names itself. */
    LayoutIndex withManifest(Descriptor manifest, Set<Digest> children) {
        List<Descriptor> kept = new ArrayList<>(entries());
        kept.removeIf(entry -> name(entry).isEmpty() && children.contains(entry.digest()));
        if (kept.stream().noneMatch(entry -> entry.digest().equals(manifest.digest()))) {
            kept.add(manifest);
        }
        return with(kept);
    }

    /** With the tag on that manifest only; what had it before stays, without a name. */
    LayoutIndex withTag(Descriptor manifest, Tag tag) {
        if (find(tag).filter(entry -> entry.digest().equals(manifest.digest())).isPresent()) {
            return this;
        }
        List<Descriptor> kept = new ArrayList<>(withoutTag(tag).entries());
        Descriptor untagged = kept.stream()
                .filter(entry -> entry.digest().equals(manifest.digest()) && name(entry).isEmpty())
                .findFirst()
                .orElse(manifest);
        kept.remove(untagged);
        kept.add(named(untagged, tag));
        return with(kept);
    }

    LayoutIndex withoutTag(Tag tag) {
        List<Descriptor> kept = new ArrayList<>();
        List<Descriptor> freed = new ArrayList<>();
        entries().forEach(entry -> (tag.value().equals(name(entry)) ? freed : kept).add(entry));
        for (Descriptor entry : freed) {
            if (kept.stream().noneMatch(other -> other.digest().equals(entry.digest()))) {
                kept.add(unnamed(entry));
            }
        }
        return with(kept);
    }

    LayoutIndex without(Digest digest) {
        return with(entries().stream().filter(entry -> !entry.digest().equals(digest)).toList());
    }

    /** With one more annotation of its own. */
    LayoutIndex withAnnotation(String key, String value) {
        SortedMap<String, String> annotations = new TreeMap<>(document.annotations());
        annotations.put(key, value);
        return new LayoutIndex(new ImageIndex(document.mediaType(), document.artifactType(),
                entries(), document.subject(), annotations));
    }

    /** Of these entries instead. */
    LayoutIndex with(List<Descriptor> manifests) {
        return new LayoutIndex(new ImageIndex(document.mediaType(), document.artifactType(),
                manifests, document.subject(), document.annotations()));
    }

    private static Optional<Tag> tagOf(Descriptor entry) {
        try {
            return Optional.of(new Tag(name(entry)));
        } catch (InvalidReferenceException _) {
            return Optional.empty();
        }
    }

    private static String name(Descriptor entry) {
        return entry.annotations().getOrDefault(Annotations.REF_NAME, "");
    }

    private static Descriptor named(Descriptor entry, Tag tag) {
        SortedMap<String, String> annotations = new TreeMap<>(entry.annotations());
        annotations.put(Annotations.REF_NAME, tag.value());
        return entry.withAnnotations(annotations);
    }

    private static Descriptor unnamed(Descriptor entry) {
        SortedMap<String, String> annotations = new TreeMap<>(entry.annotations());
        annotations.remove(Annotations.REF_NAME);
        return entry.withAnnotations(annotations);
    }
}
