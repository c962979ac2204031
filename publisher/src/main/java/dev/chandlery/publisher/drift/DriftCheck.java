package dev.chandlery.publisher.drift;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.publisher.drift.DriftFinding.Changed;
import dev.chandlery.publisher.drift.DriftFinding.Result;
import dev.chandlery.publisher.drift.DriftFinding.Same;
import dev.chandlery.publisher.drift.DriftFinding.Unknown;
import dev.chandlery.publisher.drift.DriftIncident.State;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.Version;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares what upstream offers today with what was accepted, for versions that are published already: by the
 * digests and sizes that upstream states, and by the bytes themselves only if that is asked for. New incidents
 * are recorded, and so is the end of those that are over.
 */
public final class DriftCheck {
    private final RegistryConnection registry;
    private final ToolSpec tool;
    private final ToolNames names;
    private final Upstream upstream;
    private final InstantSource clock;
    private final DriftRecords records;

    public DriftCheck(RegistryConnection registry, ToolSpec tool, ToolNames names,
            Upstream upstream, InstantSource clock) {
        this.registry = registry;
        this.tool = tool;
        this.names = names;
        this.upstream = upstream;
        this.clock = clock;
        this.records = new DriftRecords(registry, tool, names);
    }

    /**
     * Where to put files that upstream states no digest of.
     *
     * @param work for the files
     * @param seen files that need not be fetched again
     */
    public record Downloads(WorkFolder work, SeenFiles seen) {}

    /**
     * Checks published versions, newest first.
     *
     * @param newest how many of them
     * @param downloads where to download what upstream states no digest of; empty not to
     * @param record whether to write what was found
     */
    public List<DriftFinding> check(int newest, Optional<Downloads> downloads, boolean record) {
        PublishedTool published = PublishedTool.read(registry, names);
        List<String> versions = published.versions()
                .stream()
                .sorted(Comparator.comparing(Version::new).reversed())
                .limit(newest)
                .toList();
        List<DriftFinding> findings = new ArrayList<>();
        for (String version : versions) {
            PublishedVersion there = published.find(version, tool.platforms()
                    .stream()
                    .map(
                            ToolPlatform::name)
                    .toList());
            List<DriftFinding> found = check(there, downloads);
            findings.addAll(found);
            if (record) {
                found.forEach(finding -> record(published, finding));
            }
        }
        return findings;
    }

    private List<DriftFinding> check(PublishedVersion there, Optional<Downloads> downloads) {
        List<FrozenAsset> frozen = there.platforms()
                .entrySet()
                .stream()
                .flatMap(entry -> FrozenAsset.read(registry, names, there.version(), entry.getKey(),
                        entry.getValue()).stream())
                .toList();
        Optional<Release> release = frozen.isEmpty()
                ? Optional.empty()
                : upstream.find(frozen
                        .getFirst()
                        .release());
        Map<Object, Asset> offered = release.map(upstream::assets)
                .orElse(List.of())
                .stream()
                .collect(Collectors.toMap(Asset::platform, Function.identity()));
        return frozen.stream()
                .map(asset -> new DriftFinding(tool.name(), there.version(), asset.platform(),
                        compare(there.version(), asset, Optional.ofNullable(offered.get(asset
                                .platform())), downloads)))
                .toList();
    }

    private Result compare(String version, FrozenAsset frozen, Optional<Asset> offered,
            Optional<Downloads> downloads) {
        if (offered.isEmpty()) {
            return new Unknown("upstream does not offer it any more");
        }
        Asset asset = offered.get();
        Optional<String> difference = frozen.difference(asset);
        if (difference.isPresent()) {
            return changed(version, frozen, difference.get());
        }
        if (frozen.isProvenBy(asset)) {
            return new Same(true);
        }
        if (downloads.isPresent()) {
            return compareBytes(version, frozen, asset, downloads.get());
        }
        boolean sized = asset.size().isPresent() && frozen.size().isPresent();
        return sized ? new Same(false) : new Unknown("upstream states neither digest nor size");
    }

    private Result compareBytes(String version, FrozenAsset frozen, Asset asset,
            Downloads downloads) {
        Path folder = downloads.work().newFolder();
        try {
            Optional<String> validator = upstream.validator(asset);
            if (validator.filter(said -> downloads.seen()
                    .isSame(asset.uri(), said, frozen.digest()))
                    .isPresent()) {
                return new Same(true);
            }
            Digest digest = upstream.fetch(asset, folder, _ -> {}).digest();
            validator.ifPresent(said -> downloads.seen().keep(asset.uri(), said, digest));
            return digest.equals(frozen.digest())
                    ? new Same(true)
                    : changed(version, frozen, digest.toString());
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new Unknown(String.valueOf(e.getMessage()));
        } finally {
            WorkFolder.remove(folder);
        }
    }

    private Changed changed(String version, FrozenAsset frozen, String observed) {
        return new Changed(DriftIncident.open(tool.name(), version, frozen, observed, clock
                .instant()));
    }

    /** What is on record already is not written again; an accepted change is for the publisher to follow. */
    private void record(PublishedTool published, DriftFinding finding) {
        Optional<DriftIncident> last = records.find(published, finding.version(), finding
                .platform());
        switch (finding.result()) {
            case Changed(DriftIncident incident) -> {
                boolean known = last.filter(old -> old.state() != State.REVERTED && old.change()
                        .equals(incident.change()))
                        .isPresent();
                if (!known) {
                    records.put(incident);
                }
            }
            case Same(boolean proven) -> last.filter(old -> proven && old.state() == State.OPEN)
                    .ifPresent(old -> records.put(old.with(State.REVERTED)));
            case Unknown _ -> {
            }
        }
    }
}
