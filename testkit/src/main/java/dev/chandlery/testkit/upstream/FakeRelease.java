package dev.chandlery.testkit.upstream;

import dev.chandlery.oci.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A release of {@link FakeGithub}; every change is seen by the next request. */
public final class FakeRelease {
    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05Z");

    private final FakeGithub github;
    private final String repository;
    private final String tag;
    private final long id;
    private final List<FakeAsset> assets = new CopyOnWriteArrayList<>();
    private volatile Instant published = LONG_AGO;
    private volatile boolean prerelease;
    private volatile boolean draft;
    private volatile boolean immutable;

    FakeRelease(FakeGithub github, String repository, String tag) {
        this.github = github;
        this.repository = repository;
        this.tag = tag;
        this.id = github.nextId();
    }

    public String tag() {
        return tag;
    }

    public FakeRelease published(Instant when) {
        published = when;
        return this;
    }

    public FakeRelease prerelease(boolean is) {
        prerelease = is;
        return this;
    }

    /** Drafts are in no answer. */
    public FakeRelease draft(boolean is) {
        draft = is;
        return this;
    }

    public FakeRelease immutable(boolean is) {
        immutable = is;
        return this;
    }

    /** Adds a file, in the place of one of that name, whose id it does not keep. */
    public FakeAsset asset(String name, Bytes content) {
        FakeAsset asset = new FakeAsset(github, name, FakeAsset.Stored.of(content));
        assets.removeIf(other -> other.name().equals(name));
        assets.add(asset);
        return asset;
    }

    /** Adds a text file. */
    public FakeAsset asset(String name, String content) {
        return asset(name, Bytes.ofUtf8(content));
    }

    /** Adds a file that is too large to be held. */
    public FakeAsset asset(String name, FakeAsset.Stored content) {
        FakeAsset asset = new FakeAsset(github, name, content);
        assets.add(asset);
        return asset;
    }

    /** Deletes a file. */
    public void remove(String name) {
        assets.removeIf(asset -> asset.name().equals(name));
    }

    public Optional<FakeAsset> find(String name) {
        return assets.stream().filter(asset -> asset.name().equals(name)).findFirst();
    }

    boolean isDraft() {
        return draft;
    }

    boolean isPrerelease() {
        return prerelease;
    }

    List<FakeAsset> assets() {
        return assets;
    }

    String json() {
        String files = assets.stream()
                .map(asset -> asset.json(repository, tag))
                .collect(Collectors.joining(","));
        return """
                {"id":%d,"tag_name":%s,"target_commitish":"main","name":%s,"draft":%s,\
                "prerelease":%s,"immutable":%s,"created_at":"%s","published_at":"%s",\
                "html_url":"%s/%s/releases/tag/%s","assets":[%s]}""".formatted(id, JsonText.of(tag),
                JsonText.of(tag), draft, prerelease, immutable, published, published, github.site(),
                repository, JsonText.path(tag), files);
    }
}
