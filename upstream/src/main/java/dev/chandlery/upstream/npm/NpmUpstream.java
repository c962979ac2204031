package dev.chandlery.upstream.npm;

import dev.chandlery.config.source.NpmSourceSpec;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.FetchListener;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Standing;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.Verification;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.fetch.Downloads;
import dev.chandlery.upstream.fetch.FileName;
import dev.chandlery.upstream.fetch.Unproven;
import dev.chandlery.upstream.proof.Candidate;
import dev.chandlery.upstream.proof.NpmRecord;
import dev.chandlery.upstream.proof.OutsideProofs;
import dev.chandlery.upstream.proof.Prover;
import dev.chandlery.upstream.release.ReleaseRules;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tool that is released as npm packages, one for each platform. The registry's {@code integrity}, a SHA-512
 * that npm's own client would check, proves a file.
 */
public final class NpmUpstream implements Upstream {
    private static final long MAX_DOCUMENT = 64L * 1024 * 1024;
    /** The short form of a package's document, for installers. */
    private static final String SHORT =
            "application/vnd.npm.install-v1+json, application/json;q=0.5";
    /** The long one, which says when each version came. */
    private static final String WHOLE = "application/json";

    private final ToolSpec tool;
    private final NpmSourceSpec source;
    private final Downloads downloads;
    private final NpmSettings settings;
    private final ReleaseRules rules;
    private final Prover prover;
    private final Map<String, Optional<NpmPackage>> packages = new ConcurrentHashMap<>();

    public NpmUpstream(ToolSpec tool, NpmSourceSpec source, Downloads downloads,
            NpmSettings settings, ReleaseRules rules, Prover prover) {
        this.tool = tool;
        this.source = source;
        this.downloads = downloads;
        this.settings = settings;
        this.rules = rules;
        this.prover = prover;
    }

    /** Versions that any of the platforms' packages has. */
    @Override
    public Stream<Release> listed(int newest) {
        List<NpmPackage> found = TaskScope.mapAll("npm-package", tool.platforms(), this::find)
                .stream()
                .flatMap(Optional::stream)
                .toList();
        if (found.isEmpty()) {
            throw new ContentNotFoundException("cannot list versions of npm packages "
                    + source.packageName() + ": none is there for a wanted platform");
        }
        return rules.select(found.stream()
                .flatMap(p -> p.versions().keySet().stream())
                .distinct()
                .map(version -> new ReleaseRules.Listed(version, published(found, version), false,
                        Optional.empty())));
    }

    /** When the first of its packages came. */
    private static Optional<Instant> published(List<NpmPackage> found, String version) {
        return found.stream()
                .flatMap(p -> Optional.ofNullable(p.times().get(version)).stream())
                .min(Comparator.naturalOrder());
    }

    @Override
    public boolean listsAssets() {
        return true;
    }

    @Override
    public Standing standing(String release, Set<String> files) {
        List<NpmPackage> found = tool.platforms()
                .stream()
                .flatMap(platform -> find(platform).stream())
                .toList();
        List<NpmPackage.Dist> dists = found.stream()
                .flatMap(p -> Optional.ofNullable(p.versions().get(release)).stream())
                .toList();
        if (found.isEmpty() || found.stream().allMatch(p -> p.versions().isEmpty())) {
            return new Standing.Unknown();
        }
        if (dists.isEmpty()) {
            return new Standing.Withdrawn("the version is unpublished");
        }
        Optional<String> word = dists.stream().flatMap(d -> d.deprecated().stream()).findFirst();
        if (word.isPresent()) {
            return new Standing.Withdrawn("deprecated: " + word.get());
        }
        Set<String> there = found.stream()
                .flatMap(p -> names(p, release))
                .collect(Collectors.toSet());
        return files.stream()
                .sorted()
                .filter(file -> isWanted(file) && !there.contains(file))
                .findFirst()
                .<Standing>map(file -> new Standing.Withdrawn(file + " is unpublished"))
                .orElseGet(Standing.Offered::new);
    }

    /** What was published of a platform that registry.yaml does not want any more is not looked for. */
    private boolean isWanted(String file) {
        return file.indexOf('@') < 0 || tool.platforms()
                .stream()
                .map(this::name)
                .anyMatch(name -> file.startsWith(name.substring(name.lastIndexOf('/') + 1)
                        + "@"));
    }

    /** Of a version's file, as the registry calls it, and as package URLs do: what was published has those. */
    private static Stream<String> names(NpmPackage found, String release) {
        String packageName = found.name().substring(found.name().lastIndexOf('/') + 1);
        return Optional.ofNullable(found.versions().get(release))
                .stream()
                .flatMap(dist -> Stream.of(FileName.of(dist.tarball()), packageName + "@"
                        + URLEncoder.encode(release, StandardCharsets.UTF_8)));
    }

    @Override
    public List<Asset> assets(Release release) {
        return tool.platforms()
                .stream()
                .flatMap(platform -> find(platform).flatMap(
                        p -> asset(p, platform, release)).stream())
                .toList();
    }

    private Optional<Asset> asset(NpmPackage found, ToolPlatform platform, Release release) {
        return Optional.ofNullable(found.versions().get(release.name()))
                .map(dist -> new Asset(
                        platform.name(), FileName.of(dist.tarball()), dist.tarball(), OptionalLong
                                .empty(),
                        dist.integrity(), Optional.empty(), release));
    }

    private Optional<NpmPackage> find(ToolPlatform platform) {
        return packages.computeIfAbsent(name(platform), name -> load(name, rules.needTimes()
                ? WHOLE
                : SHORT));
    }

    private String name(ToolPlatform platform) {
        return source.packageName().expand(TemplateValues.of("", "", platform));
    }

    private Optional<NpmPackage> load(String name, String form) {
        URI uri = settings.registry(name).resolve(name.replace("/", "%2f"));
        HttpCall call = authorized(HttpCall.get(uri)
                .withHeader("Accept", form)
                .withAction(
                        "look for npm package " + name + " at " + uri.getHost()));
        return downloads.find(call, MAX_DOCUMENT).map(document -> NpmPackage.parse(name, document));
    }

    @Override
    public VerifiedAsset fetch(Asset asset, Path folder, FetchListener listener) {
        Path file = folder.resolve(asset.fileName());
        HttpCall call = authorized(HttpCall.get(asset.uri())
                .withAction("fetch " + RedactedUri.of(
                        asset.uri())));
        FileHashes.Result hashes = downloads.download(call, file, asset.size(), listener);
        Verification verification = Unproven.orRemove(file, () -> prover.verify(new Candidate(asset,
                file, hashes), new Registry(asset)));
        return new VerifiedAsset(asset, file, hashes.sha256(), hashes.size(), verification);
    }

    /** A registry has nothing beside a package but its own word. */
    private final class Registry implements OutsideProofs.Beside {
        private final Asset asset;

        Registry(Asset asset) {
            this.asset = asset;
        }

        @Override
        public Optional<Bytes> file(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<NpmRecord> registry() {
            ToolPlatform platform = tool.findPlatform(asset.platform()).orElseThrow();
            return load(name(platform), WHOLE).flatMap(whole -> whole.record(asset.release()
                    .name()));
        }
    }

    private HttpCall authorized(HttpCall call) {
        return settings.authorization(call.uri()).map(call::withAuthorization).orElse(call);
    }
}
