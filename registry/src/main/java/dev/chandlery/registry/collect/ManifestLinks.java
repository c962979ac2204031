package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.metadata.HeldManifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What binds the manifests of one repository to each other: indexes to what they name, and what is attached
 * to what it is attached to, by {@code subject} or by a tag such as {@code sha256-<encoded>} or
 * {@code sha256-<encoded>.sig}.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Referrers Tag Schema; the names with an ending are cosign's.
 */
final class ManifestLinks {
    private static final Pattern ATTACHMENT = Pattern.compile("(sha256|sha512)-([0-9a-f]+)"
            + "(?:\\..+)?");

    private final NavigableMap<Digest, HeldManifest> all = new TreeMap<>();
    private final Set<Digest> named = new HashSet<>();
    private final Map<Digest, List<Digest>> attached = new TreeMap<>();
    private final Map<Digest, List<Digest>> subjects = new TreeMap<>();

    ManifestLinks(List<HeldManifest> manifests) {
        manifests.forEach(m -> all.put(m.digest(), m));
        for (HeldManifest manifest : manifests) {
            named.addAll(manifest.children());
            attach(manifest, Optional.ofNullable(manifest.subject()));
            manifest.tags().keySet().forEach(tag -> attach(manifest, attachmentOf(tag)));
        }
    }

    private void attach(HeldManifest manifest, Optional<Digest> subject) {
        subject.filter(all::containsKey).ifPresent(s -> {
            attached.computeIfAbsent(s, _ -> new ArrayList<>()).add(manifest.digest());
            subjects.computeIfAbsent(manifest.digest(), _ -> new ArrayList<>()).add(s);
        });
    }

    /** The digest in a tag that attaches. */
    private static Optional<Digest> attachmentOf(Tag tag) {
        Matcher matcher = ATTACHMENT.matcher(tag.value());
        return matcher.matches()
                ? Digest.find(matcher.group(1) + ":" + matcher.group(2))
                : Optional.empty();
    }

    Collection<HeldManifest> all() {
        return all.values();
    }

    HeldManifest get(Digest digest) {
        HeldManifest manifest = all.get(digest);
        if (manifest == null) {
            throw new IllegalArgumentException("no manifest " + digest);
        }
        return manifest;
    }

    /** Whether it is a part of another one, or attached to one that is here. */
    boolean isBound(HeldManifest manifest) {
        return named.contains(manifest.digest()) || isAttached(manifest);
    }

    boolean isAttached(HeldManifest manifest) {
        return subjects.containsKey(manifest.digest());
    }

    /** Tags that were given by people: all but those that attach it to another one that is here. */
    List<Tag> ownTags(HeldManifest manifest) {
        return manifest.tags()
                .keySet()
                .stream()
                .filter(tag -> attachmentOf(tag).filter(all::containsKey).isEmpty())
                .toList();
    }

    /** What stays because that one stays, and why. */
    Map<Digest, KeepReason> neededBy(HeldManifest manifest) {
        Map<Digest, KeepReason> needed = new TreeMap<>();
        String it = manifest.digest().toString();
        subjectsOf(manifest).forEach(d -> needed.put(d, new KeepReason(KeepReason.Kind.SUBJECT,
                "of " + it)));
        attachedTo(manifest).forEach(d -> needed.put(d, new KeepReason(KeepReason.Kind.ATTACHED,
                "to " + it)));
        manifest.children()
                .stream()
                .filter(all::containsKey)
                .forEach(d -> needed.put(d, new KeepReason(KeepReason.Kind.PART, "of " + it)));
        return needed;
    }

    private List<Digest> attachedTo(HeldManifest manifest) {
        return attached.getOrDefault(manifest.digest(), List.of());
    }

    private List<Digest> subjectsOf(HeldManifest manifest) {
        return subjects.getOrDefault(manifest.digest(), List.of());
    }
}
