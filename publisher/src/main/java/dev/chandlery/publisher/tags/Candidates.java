package dev.chandlery.publisher.tags;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.config.tool.VersionScheme;
import dev.chandlery.oci.Annotations;
import dev.chandlery.publisher.drift.DriftIncident.State;
import dev.chandlery.publisher.drift.DriftRecords;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Version;
import dev.chandlery.upstream.release.Scheme;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Published versions of one tool, and those that a plan adds, with what decides whether a floating tag may
 * name them. What the registry has to say is asked for when it matters. Not thread-safe.
 */
public final class Candidates {
    private final ToolSpec tool;
    private final PublishedTool published;
    private final RetractionRecords retractions;
    private final DriftRecords drifts;
    private final Map<String, Prospect> prospects = new HashMap<>();
    private final Map<String, PublishedVersion> known = new HashMap<>();
    private final Map<String, Boolean> retracted = new HashMap<>();

    /**
     * What a version will be when a plan succeeded.
     *
     * @param release upstream's
     * @param platforms that it will have
     * @param changes whether its index will be another one
     */
    public record Prospect(Release release, List<PlatformName> platforms, boolean changes) {}

    public Candidates(ToolSpec tool, PublishedTool published, RetractionRecords retractions,
            DriftRecords drifts) {
        this.tool = tool;
        this.published = published;
        this.retractions = retractions;
        this.drifts = drifts;
    }

    /** The snapshot that these are of. */
    PublishedTool tool() {
        return published;
    }

    /** Takes a version as it will be. */
    public void expect(Prospect prospect) {
        prospects.put(prospect.release().version().text(), prospect);
    }

    /** Takes versions as taken back, or as offered again, before that is on record. */
    public void expect(Retraction retraction) {
        retracted.put(retraction.version(), !retraction.restored());
    }

    Scheme scheme() {
        return Scheme.of(kind());
    }

    private VersionScheme kind() {
        return tool.releases().scheme().orElseGet(() -> Scheme.detect(names()));
    }

    /** All versions, by the tool's scheme. */
    public List<Version> newestFirst() {
        Scheme scheme = scheme();
        boolean dated = kind() == VersionScheme.OPAQUE;
        return names().stream()
                .map(name -> release(name, dated))
                .sorted(scheme.order().reversed())
                .map(Release::version)
                .toList();
    }

    private List<String> names() {
        return Stream.concat(published.versions().stream(), prospects.keySet().stream())
                .distinct()
                .toList();
    }

    /** The time of a release is asked for only where the order needs it. */
    private Release release(String name, boolean dated) {
        Prospect prospect = prospects.get(name);
        if (prospect != null) {
            return prospect.release();
        }
        Optional<Instant> created = dated
                ? instant(published(name).annotations().getOrDefault(Annotations.CREATED, ""))
                : Optional.empty();
        return new Release(name, new Version(name), created, false, Optional.empty());
    }

    boolean isNewer(String one, String other) {
        List<String> order = newestFirst().stream().map(Version::text).toList();
        int first = order.indexOf(one);
        return first >= 0 && first < order.indexOf(other);
    }

    /** Whether a floating tag may move to the version. */
    boolean mayBeFollowed(String version) {
        Prospect prospect = prospects.get(version);
        boolean prerelease = prospect != null
                ? prospect.release().prerelease()
                : published(version).annotations().containsKey(Annotations.UPSTREAM_PRERELEASE)
                        || scheme().isPrerelease(version);
        return !prerelease && isComplete(version) && !isRetracted(version) && !hasDrifted(version);
    }

    private boolean isComplete(String version) {
        Prospect prospect = prospects.get(version);
        boolean visible = prospect != null || published(version).index() != null;
        List<PlatformName> there = prospect != null
                ? prospect.platforms()
                : List.copyOf(published(version).platforms().keySet());
        return visible && tool.releases().policy().isComplete(wanted(), there);
    }

    boolean isRetracted(String version) {
        return retracted.computeIfAbsent(version, name -> retractions.isRetracted(published,
                published(name)));
    }

    private boolean hasDrifted(String version) {
        return published(version).platforms()
                .entrySet()
                .stream()
                .anyMatch(entry -> drifts.find(published, version, entry.getKey())
                        .filter(incident -> incident.state() == State.OPEN)
                        .filter(incident -> incident.concerns(entry.getValue()))
                        .isPresent());
    }

    boolean changes(String version) {
        Prospect prospect = prospects.get(version);
        return prospect != null && prospect.changes();
    }

    /** What the registry has of the version now. */
    public PublishedVersion published(String version) {
        return Objects.requireNonNull(known.computeIfAbsent(version, name -> published.find(name,
                wanted())));
    }

    private List<PlatformName> wanted() {
        return tool.platforms().stream().map(ToolPlatform::name).toList();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
