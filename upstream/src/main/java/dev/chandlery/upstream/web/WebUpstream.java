package dev.chandlery.upstream.web;

import dev.chandlery.config.source.AssetTemplate;
import dev.chandlery.config.source.HttpSourceSpec;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.FetchListener;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.Verification;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.fetch.Downloads;
import dev.chandlery.upstream.fetch.FileName;
import dev.chandlery.upstream.fetch.Unproven;
import dev.chandlery.upstream.proof.Candidate;
import dev.chandlery.upstream.proof.ProofSource;
import dev.chandlery.upstream.proof.Prover;
import dev.chandlery.upstream.release.ReleaseRules;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A tool whose files lie on a web site; a checksum file proves them where registry.yaml names one. */
public final class WebUpstream implements Upstream {
    private static final long MAX_LIST = 4L * 1024 * 1024;

    private final ToolSpec tool;
    private final HttpSourceSpec source;
    private final Downloads downloads;
    private final ReleaseRules rules;
    private final Prover prover;

    public WebUpstream(ToolSpec tool, HttpSourceSpec source, Downloads downloads,
            ReleaseRules rules, Prover prover) {
        this.tool = tool;
        this.source = source;
        this.downloads = downloads;
        this.rules = rules;
        this.prover = prover;
    }

    @Override
    public Stream<Release> listed(int newest) {
        List<String> names = source.versionsUrl().map(this::list).orElse(source.versions());
        return rules.select(names.stream().map(ReleaseRules.Listed::named));
    }

    private List<String> list(URI uri) {
        HttpCall call = HttpCall.get(uri)
                .withAction("list versions of " + tool.name() + " at "
                        + RedactedUri.of(uri));
        Bytes content = downloads.find(call, MAX_LIST)
                .orElseThrow(
                        () -> new ContentNotFoundException("cannot " + call.action()
                                + ": not found"));
        return VersionList.parse(content, call.action());
    }

    @Override
    public List<Asset> assets(Release release) {
        return TaskScope.mapAll("web-asset", tool.platforms(), platform -> find(release, platform))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Asset> find(Release release, ToolPlatform platform) {
        URI uri = expand(source.url(), values(release, platform));
        return downloads.head(uri)
                .map(head -> new Asset(platform.name(), FileName.of(uri), uri, head
                        .size(), Optional.empty(), Optional.empty(), release));
    }

    @Override
    public Optional<String> validator(Asset asset) {
        return downloads.head(asset.uri()).flatMap(Downloads.Head::entityTag);
    }

    @Override
    public VerifiedAsset fetch(Asset asset, Path folder, FetchListener listener) {
        Path file = folder.resolve(asset.fileName());
        HttpCall call = HttpCall.get(asset.uri())
                .withAction("fetch " + RedactedUri.of(asset
                        .uri()));
        FileHashes.Result hashes = downloads.download(call, file, asset.size(), listener);
        Verification verification = Unproven.orRemove(file, () -> prover.verify(new Candidate(asset,
                file, hashes), name -> beside(asset, name)));
        return new VerifiedAsset(asset, file, hashes.sha256(), hashes.size(), verification);
    }

    /** Beside a file in its folder; names are one path component. */
    private Optional<Bytes> beside(Asset asset, String name) {
        URI uri = asset.uri()
                .resolve(URLEncoder.encode(name, StandardCharsets.UTF_8)
                        .replace("+",
                                "%20"));
        return downloads.find(HttpCall.get(uri).withAction("fetch " + RedactedUri.of(uri)),
                ProofSource.MAX_BYTES);
    }

    private static TemplateValues values(Release release, ToolPlatform platform) {
        return TemplateValues.of(release.version().toString(), release.name(), platform);
    }

    private static URI expand(AssetTemplate template, TemplateValues values) {
        try {
            return URI.create(template.expand(values));
        } catch (IllegalArgumentException e) {
            throw new MalformedContentException("cannot make an address of " + template + " for "
                    + values.tag() + ": " + e.getMessage(), e);
        }
    }
}
