package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.registry.metadata.HeldManifest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which manifests of a repository stay and which go. With one that stays, all that it names stays, what is
 * attached to it, and what it is attached to.
 *
 * @param kept why each one stays
 * @param gone what goes: groups that are bound to each other, to be taken away at once
 */
record ManifestPlan(SortedMap<Digest, KeepReason> kept, List<List<HeldManifest>> gone) {

    ManifestPlan {
        kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
        gone = List.copyOf(gone);
    }

    static ManifestPlan of(ManifestLinks links, KeepRule rule) {
        SortedMap<Digest, KeepReason> kept = kept(links, rule);
        List<HeldManifest> going = links.all()
                .stream()
                .filter(m -> !kept.containsKey(m.digest()))
                .toList();
        return new ManifestPlan(kept, groups(links, going));
    }

    private static SortedMap<Digest, KeepReason> kept(ManifestLinks links, KeepRule rule) {
        SortedMap<Digest, KeepReason> kept = new TreeMap<>();
        Deque<Digest> open = new ArrayDeque<>();
        for (HeldManifest manifest : links.all()) {
            rule.of(manifest).ifPresent(reason -> {
                kept.put(manifest.digest(), reason);
                open.add(manifest.digest());
            });
        }
        while (!open.isEmpty()) {
            links.neededBy(links.get(open.remove())).forEach((digest, reason) -> {
                if (kept.putIfAbsent(digest, reason) == null) {
                    open.add(digest);
                }
            });
        }
        return kept;
    }

    /** Parts that stay for another reason are in no group. */
    private static List<List<HeldManifest>> groups(ManifestLinks links,
            List<HeldManifest> going) {
        Map<Digest, Digest> leaders = new HashMap<>();
        going.forEach(m -> leaders.put(m.digest(), m.digest()));
        for (HeldManifest manifest : going) {
            links.neededBy(manifest)
                    .keySet()
                    .stream()
                    .filter(leaders::containsKey)
                    .forEach(other -> leaders.put(leader(leaders, other), leader(leaders, manifest
                            .digest())));
        }
        SortedMap<Digest, List<HeldManifest>> groups = new TreeMap<>();
        going.forEach(m -> groups.computeIfAbsent(leader(leaders, m.digest()),
                _ -> new ArrayList<>()).add(m));
        return List.copyOf(groups.values());
    }

    private static Digest leader(Map<Digest, Digest> leaders, Digest member) {
        Digest at = member;
        while (true) {
            Digest above = leaders.getOrDefault(at, at);
            if (above.equals(at)) {
                return at;
            }
            leaders.put(at, leaders.getOrDefault(above, above)); // shortens the way for the next one
            at = above;
        }
    }
}
