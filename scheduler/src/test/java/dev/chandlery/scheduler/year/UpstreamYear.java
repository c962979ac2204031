package dev.chandlery.scheduler.year;

import dev.chandlery.oci.Bytes;
import dev.chandlery.testkit.upstream.FakeAsset;
import dev.chandlery.testkit.upstream.FakeGithub;
import dev.chandlery.testkit.upstream.GithubRequests.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A year of upstream: every fourth week a release, and all that goes wrong. */
final class UpstreamYear implements AutoCloseable {
    static final String REPOSITORY = "acme/widget";
    static final List<String> PLATFORMS = List.of("linux-x86_64", "darwin-arm64");
    /** Weeks in which the API refuses everything. */
    static final Set<Integer> REFUSING = Set.of(23, 27);
    /** The week in which a file of the new release cannot be had. */
    static final int BROKEN = 33;
    /** The week in which the newest release is taken back. */
    static final int RETRACTED = 40;

    private final FakeGithub github;
    private final InstantSource clock;
    private final Map<String, Instant> released = new LinkedHashMap<>();
    private final Map<String, FakeAsset> assets = new LinkedHashMap<>();

    UpstreamYear(InstantSource clock) {
        this.clock = clock;
        this.github = new FakeGithub(clock);
    }

    /** What happens before the runs of that week. */
    void week(int week) {
        if (week % 4 == 1) {
            release("1." + week);
        }
        switch (week) {
            case 10 -> change("1.9");
            case 12 -> restore("1.9");
            case 23 -> github.limits().refuseNext(1_000, 403, Duration.ofHours(2));
            case 27 -> github.limits().refuseNext(1_000, 429, Duration.ofHours(2));
            case 24, 28 -> github.limits().refuseNext(0, 403, Duration.ZERO);
            case BROKEN -> asset("1." + BROKEN).fault(FakeAsset.Fault.MISSING);
            case BROKEN + 1 -> asset("1." + BROKEN).fault(FakeAsset.Fault.NONE);
            case 35 -> change("1.25"); // not of the newest any more, but published
            case 36 -> restore("1.25");
            case RETRACTED -> github.removeRelease(REPOSITORY, "v1.37");
            default -> {
                // an ordinary week
            }
        }
    }

    private void release(String version) {
        released.put(version, clock.instant());
        for (String platform : PLATFORMS) {
            FakeAsset asset = github.release(REPOSITORY, "v" + version)
                    .published(clock.instant())
                    .asset("widget-" + platform, content(version, platform));
            assets.putIfAbsent(version, asset);
        }
    }

    private void change(String version) {
        asset(version).replace(Bytes.ofUtf8("#!/bin/sh\necho changed\n"));
    }

    private void restore(String version) {
        asset(version).replace(content(version, PLATFORMS.getFirst()));
    }

    /** Of the first platform. */
    private FakeAsset asset(String version) {
        return Objects.requireNonNull(assets.get(version), version);
    }

    static Bytes content(String version, String platform) {
        return Bytes.ofUtf8("#!/bin/sh\necho " + version + " " + platform + "\n");
    }

    /** How many files there were in all. */
    long files() {
        return (long) released.size() * PLATFORMS.size();
    }

    /** How many times a file was asked for. */
    long downloads() {
        return github.requests().count(Kind.DOWNLOAD);
    }

    /**
     * What a registry keeps that retains for so long: what is young enough, and the two newest. A version is there
     * when all its files are.
     */
    Set<String> kept(int week, Duration retention) {
        Instant before = clock.instant().minus(retention);
        Set<String> kept = released.entrySet()
                .stream()
                .filter(each -> !each.getValue().isBefore(before))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        released.keySet().stream().skip(Math.max(0, released.size() - 2)).forEach(kept::add);
        if (week == BROKEN) {
            kept.remove("1." + BROKEN);
        }
        return kept;
    }

    URI api() {
        return github.api();
    }

    String storageOrigin() {
        return github.storageOrigin();
    }

    @Override
    public void close() {
        github.close();
    }
}
