package dev.chandlery.testkit.upstream;

import dev.chandlery.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A repository of {@link FakeGithub}. */
final class FakeRepository {
    private final FakeGithub github;
    private final String name;
    private final long id;
    private final List<FakeRelease> releases = new CopyOnWriteArrayList<>();
    private final Map<Digest, List<String>> attestations = new ConcurrentHashMap<>();

    FakeRepository(FakeGithub github, String name, long id) {
        this.github = github;
        this.name = name;
        this.id = id;
    }

    String name() {
        return name;
    }

    long id() {
        return id;
    }

    synchronized FakeRelease release(String tag) {
        return find(tag).orElseGet(() -> {
            FakeRelease made = new FakeRelease(github, name, tag);
            releases.addFirst(made);
            return made;
        });
    }

    Optional<FakeRelease> find(String tag) {
        return releases.stream().filter(release -> release.tag().equals(tag)).findFirst();
    }

    void remove(String tag) {
        releases.removeIf(release -> release.tag().equals(tag));
    }

    /** As anybody sees them, newest first: without drafts. */
    List<FakeRelease> published() {
        return releases.stream().filter(release -> !release.isDraft()).toList();
    }

    void attest(Digest subject, String bundle) {
        attestations.computeIfAbsent(subject, _ -> new CopyOnWriteArrayList<>()).add(bundle);
    }

    List<String> attestations(String subject) {
        List<String> found = new ArrayList<>();
        attestations.forEach((digest, bundles) -> {
            if (digest.toString().equals(subject)) {
                found.addAll(bundles);
            }
        });
        return found;
    }
}
