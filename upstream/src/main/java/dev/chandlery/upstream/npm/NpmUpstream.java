package dev.chandlery.upstream.npm;

import dev.chandlery.config.NpmSourceSpec;
import dev.chandlery.config.Rung;
import dev.chandlery.config.TemplateValues;
import dev.chandlery.config.ToolPlatform;
import dev.chandlery.config.ToolSpec;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.Verification;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.fetch.Downloads;
import dev.chandlery.upstream.fetch.FileName;
import dev.chandlery.upstream.fetch.Proof;
import dev.chandlery.upstream.release.ReleaseRules;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
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

    private final ToolSpec tool;
    private final NpmSourceSpec source;
    private final Downloads downloads;
    private final NpmSettings settings;
    private final ReleaseRules rules;
    private final Map<String, Optional<NpmPackage>> packages = new ConcurrentHashMap<>();

    public NpmUpstream(ToolSpec tool, NpmSourceSpec source, Downloads downloads,
            NpmSettings settings, ReleaseRules rules) {
        this.tool = tool;
        this.source = source;
        this.downloads = downloads;
        this.settings = settings;
        this.rules = rules;
    }

    /** Versions that any of the platforms' packages has. */
    @Override
    public Stream<Release> releases() {
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
                .map(ReleaseRules.Listed::named));
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
        String name = source.packageName().expand(TemplateValues.of("", "", platform));
        return packages.computeIfAbsent(name, this::load);
    }

    private Optional<NpmPackage> load(String name) {
        URI uri = settings.registry(name).resolve(name.replace("/", "%2f"));
        HttpCall call = authorized(HttpCall.get(uri)
                .withHeader("Accept", SHORT)
                .withAction(
                        "look for npm package " + name + " at " + uri.getHost()));
        return downloads.find(call, MAX_DOCUMENT).map(document -> NpmPackage.parse(name, document));
    }

    @Override
    public VerifiedAsset fetch(Asset asset, Path folder, LongConsumer progress) {
        Path file = folder.resolve(asset.fileName());
        HttpCall call = authorized(HttpCall.get(asset.uri())
                .withAction("fetch " + RedactedUri.of(
                        asset.uri())));
        FileHashes.Result hashes = downloads.download(call, file, asset.size(), progress);
        Rung rung = Proof.orRemove(file, () -> {
            asset.apiDigest()
                    .ifPresent(expected -> Proof.require(asset.fileName(), expected,
                            hashes));
            return isProof(asset) ? Rung.CHECKSUM_FILE : Rung.FIRST_USE;
        });
        Digest sha256 = hashes.sha256();
        return new VerifiedAsset(asset, file, sha256, hashes.size(), new Verification(rung, List
                .of(), List.of()));
    }

    private boolean isProof(Asset asset) {
        return asset.apiDigest()
                .filter(digest -> downloads.countedAlgorithms()
                        .contains(digest
                                .algorithm()))
                .isPresent();
    }

    private HttpCall authorized(HttpCall call) {
        return settings.authorization(call.uri()).map(call::withAuthorization).orElse(call);
    }
}
