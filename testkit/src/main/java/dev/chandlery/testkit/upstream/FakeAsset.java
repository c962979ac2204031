package dev.chandlery.testkit.upstream;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.Content;
import dev.chandlery.testkit.RandomContent;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A file of a {@link FakeRelease}; every change is seen by the next request. */
public final class FakeAsset {

    /** What storage does with a file. */
    public enum Fault {
        NONE,
        /** The connection breaks halfway, every time. */
        TRUNCATED,
        /** Nothing comes after the first half, and the connection stays. */
        HANGS,
        /** The connection breaks halfway, the first time. */
        BREAKS_ONCE,
        /** The connection breaks halfway the first time; then the file is another one. */
        CHANGES_ON_RESUME,
        /** One bit is another one. */
        FLIPPED,
        /** One byte less, and so it says. */
        OTHER_SIZE,
        /** Storage does not have it, though the API lists it. */
        MISSING,
        /** 503 the first time. */
        BUSY_ONCE
    }

    /**
     * What a file holds.
     *
     * @param content opened for each download
     * @param sizeBytes of all of it
     * @param digest SHA-256
     */
    public record Stored(Content content, long sizeBytes, Digest digest) {
        public static Stored of(Bytes bytes) {
            return new Stored(Content.of(bytes), bytes.size(), bytes.digest());
        }

        /** Of any size; takes no memory. */
        public static Stored of(RandomContent random) {
            return new Stored(random, random.sizeBytes(), random.descriptor(
                    new MediaType("application/octet-stream")).digest());
        }
    }

    private final FakeGithub github;
    private final String name;
    private final AtomicInteger downloads = new AtomicInteger();
    private volatile long id;
    private volatile Instant updated = Instant.parse("2026-01-02T03:00:00Z");
    private volatile Stored stored;
    private volatile Optional<String> digest;
    private volatile String state = "uploaded";
    private volatile Fault fault = Fault.NONE;
    private volatile boolean ranges = true;

    FakeAsset(FakeGithub github, String name, Stored stored) {
        this.github = github;
        this.name = name;
        this.stored = stored;
        this.id = github.nextId();
        this.digest = Optional.of(stored.digest().toString());
    }

    public String name() {
        return name;
    }

    /** The API says null, as it does of files from before June 2025. */
    public FakeAsset withoutDigest() {
        digest = Optional.empty();
        return this;
    }

    /** The API states this digest, whatever the bytes are. */
    public FakeAsset statesDigest(String text) {
        digest = Optional.of(text);
        return this;
    }

    /** Other than {@code uploaded}: GitHub has not got all of it. */
    public FakeAsset state(String word) {
        state = word;
        return this;
    }

    /** Uploads it anew, as owners of mutable releases can: another id, time and digest. */
    public FakeAsset replace(Bytes content) {
        id = github.nextId();
        updated = updated.plusSeconds(86_400);
        stored = Stored.of(content);
        digest = Optional.of(stored.digest().toString());
        return this;
    }

    /** Other bytes behind the same answers, as a broken or hostile storage has them. */
    public FakeAsset tamper(Bytes content) {
        stored = Stored.of(content);
        return this;
    }

    public FakeAsset fault(Fault what) {
        fault = what;
        downloads.set(0);
        return this;
    }

    /** Storage ignores {@code Range}. */
    public FakeAsset withoutRanges() {
        ranges = false;
        return this;
    }

    long id() {
        return id;
    }

    Stored stored() {
        return stored;
    }

    boolean takesRanges() {
        return ranges;
    }

    /** The fault of the next download, which this call begins. */
    Fault begin() {
        int before = downloads.getAndIncrement();
        return switch (fault) {
            case BREAKS_ONCE, BUSY_ONCE -> before == 0 ? fault : Fault.NONE;
            case CHANGES_ON_RESUME -> before == 0 ? Fault.BREAKS_ONCE : Fault.FLIPPED;
            case NONE, TRUNCATED, HANGS, FLIPPED, OTHER_SIZE, MISSING -> fault;
        };
    }

    /** Changes with the bytes that are sent. */
    String entityTag(Fault now) {
        return "\"" + stored.digest().encoded().substring(0, 32) + (now == Fault.FLIPPED
                && fault == Fault.CHANGES_ON_RESUME ? "-2" : "") + "\"";
    }

    String json(String repository, String tag) {
        String release = github.site() + "/" + repository + "/releases/download/" + JsonText.path(
                tag);
        return """
                {"id":%d,"name":%s,"label":"","state":"%s","content_type":"application/octet-stream",\
                "size":%d,"digest":%s,"download_count":1,"created_at":"%s","updated_at":"%s",\
                "url":"%s/repos/%s/releases/assets/%d","browser_download_url":"%s/%s"}""".formatted(
                id, JsonText.of(name), state, stored.sizeBytes(), digest.map(JsonText::of)
                        .orElse(
                                "null"),
                updated, updated, github.api(), repository, id, release, JsonText.path(name));
    }
}
