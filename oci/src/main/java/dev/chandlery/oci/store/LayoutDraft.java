package dev.chandlery.oci.store;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.content.Manifests;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the index of a layout is going to say.
 *
 * <p><b>Concurrency:</b> safe, under this object's monitor, without I/O.
 */
final class LayoutDraft {
    private static final Comparator<Descriptor> BY_NAME = Comparator.comparing((
            Descriptor d) -> name(
                    d).isEmpty())
            .thenComparing(LayoutDraft::name)
            .thenComparing(Descriptor::digest);

    private final SortedMap<Digest, Node> manifests = new TreeMap<>();
    private final Map<Digest, Set<Digest>> attached = new HashMap<>();
    private final SortedMap<String, Digest> names = new TreeMap<>();

    /** A manifest, and what it is made of. */
    private record Node(Descriptor manifest, KnownManifests.Links links, Set<Digest> content) {}

    /** With all that the layout has. */
    static LayoutDraft of(Layout layout) {
        LayoutDraft draft = new LayoutDraft();
        for (Descriptor manifest : layout.manifests()) {
            read(layout, manifest).ifPresent(draft::add);
        }
        for (LayoutEntry entry : layout.entries()) {
            if (!name(entry.manifest()).isEmpty()) {
                draft.names.putIfAbsent(name(entry.manifest()), entry.manifest().digest());
            }
        }
        return draft;
    }

    /** Empty for one that is missing or corrupt, which is then pushed again. */
    private static Optional<ManifestDocument> read(Layout layout, Descriptor manifest) {
        try {
            return Optional.of(Manifests.fetch(layout, manifest));
        } catch (ContentNotFoundException | ContentMismatchException | MalformedContentException
                | LimitExceededException _) {
            return Optional.empty();
        }
    }

    synchronized void add(ManifestDocument document) {
        Descriptor found = document.descriptor();
        Set<Digest> content = new HashSet<>();
        document.manifest().successors().forEach(node -> content.add(node.digest()));
        KnownManifests.Links links = KnownManifests.Links.of(document);
        manifests.put(found.digest(), new Node(Descriptor.of(found.mediaType(), found.digest(),
                found.size()), links, content));
        links.subject()
                .ifPresent(subject -> attached.computeIfAbsent(subject, _ -> new TreeSet<>())
                        .add(found.digest()));
    }

    /** Whether the manifest is known, which then has that name. */
    synchronized boolean name(String name, Digest manifest) {
        if (!manifests.containsKey(manifest)) {
            return false;
        }
        names.put(name, manifest);
        return true;
    }

    synchronized Optional<Descriptor> find(Digest manifest) {
        return Optional.ofNullable(manifests.get(manifest)).map(Node::manifest);
    }

    synchronized Optional<Descriptor> find(String name) {
        return Optional.ofNullable(names.get(name)).flatMap(this::find);
    }

    /** Sorted. */
    synchronized List<String> names() {
        return List.copyOf(names.keySet());
    }

    /** As lists of referrers show them, sorted by digest. */
    synchronized Stream<Descriptor> attachedTo(Digest subject) {
        return attached.getOrDefault(subject, Set.of())
                .stream()
                .flatMap(digest -> Optional.ofNullable(manifests.get(digest)).stream())
                .map(node -> node.links().described())
                .toList()
                .stream();
    }

    /** All manifests, and all that they are made of. */
    synchronized Set<Digest> content() {
        Set<Digest> all = new HashSet<>(manifests.keySet());
        manifests.values().forEach(node -> all.addAll(node.content()));
        return all;
    }

    /** The index with this over what another one says: names first, then manifests that no index names. */
    synchronized LayoutIndex onto(LayoutIndex before) {
        Set<Digest> named = new HashSet<>(names.values());
        manifests.values()
                .forEach(node -> node.links().children().forEach(c -> named.add(c.digest())));
        List<Descriptor> entries = new ArrayList<>();
        for (Descriptor entry : before.entries()) {
            boolean replaced = name(entry).isEmpty()
                    ? named.contains(entry.digest())
                    : names.containsKey(name(entry));
            if (!replaced) {
                entries.add(entry);
                named.add(entry.digest());
            }
        }
        names.forEach((name, digest) -> find(digest).ifPresent(manifest -> entries.add(manifest
                .withAnnotations(Annotations.sorted(Map.of(Annotations.REF_NAME, name))))));
        manifests.values()
                .stream()
                .map(Node::manifest)
                .filter(manifest -> !named.contains(manifest.digest()))
                .forEach(entries::add);
        entries.sort(BY_NAME);
        return before.with(entries);
    }

    private static String name(Descriptor entry) {
        return entry.annotations().getOrDefault(Annotations.REF_NAME, "");
    }
}
