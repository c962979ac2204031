package dev.chandlery.upstream.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.config.GithubSourceSpec;
import dev.chandlery.config.Rung;
import dev.chandlery.config.TemplateValues;
import dev.chandlery.config.ToolPlatform;
import dev.chandlery.config.ToolSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.Verification;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.fetch.Downloads;
import dev.chandlery.upstream.fetch.Proof;
import dev.chandlery.upstream.release.ReleaseRules;
import dev.chandlery.upstream.release.ReleaseRules.Listed;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tool whose files are assets of GitHub releases. A checksum file proves an asset; the digest that GitHub's
 * API states does too, on a lower rung, and is compared whenever it is there.
 */
public final class GithubUpstream implements Upstream {
    private static final long MAX_CHECKSUMS = 1024L * 1024;
    private static final MediaType TEXT = new MediaType("text/plain");

    private final ToolSpec tool;
    private final GithubSourceSpec source;
    private final Downloads downloads;
    private final GithubAccess access;
    private final ReleaseRules rules;
    private @Nullable List<JsonNode> listed;

    public GithubUpstream(ToolSpec tool, GithubSourceSpec source, Downloads downloads,
            GithubAccess access, ReleaseRules rules) {
        this.tool = tool;
        this.source = source;
        this.downloads = downloads;
        this.access = access;
        this.rules = rules;
    }

    @Override
    public Stream<Release> releases() {
        return rules.select(all().stream()
                .map(node -> new Listed(node.path("tag_name").asText(""),
                        instant(node.path("published_at")), node.path("prerelease")
                                .asBoolean(false), uri(
                                        node.path("html_url")))));
    }

    @Override
    public List<Asset> assets(Release release) {
        JsonNode node = node(release);
        List<Asset> assets = new ArrayList<>();
        for (ToolPlatform platform : tool.platforms()) {
            String name = source.assets().expand(values(release, platform));
            find(node, name).flatMap(found -> asset(found, name, platform, release))
                    .ifPresent(
                            assets::add);
        }
        return assets;
    }

    private static Optional<Asset> asset(JsonNode node, String name, ToolPlatform platform,
            Release release) {
        long size = node.path("size").asLong(-1);
        return uri(node.path("browser_download_url")).map(uri -> new Asset(platform.name(), name,
                uri, size < 0 ? OptionalLong.empty() : OptionalLong.of(size), Digest.find(node.path(
                        "digest").asText("")), instant(node.path("updated_at")), release));
    }

    @Override
    public VerifiedAsset fetch(Asset asset, Path folder, LongConsumer progress) {
        Path file = folder.resolve(asset.fileName());
        HttpCall call = HttpCall.get(asset.uri())
                .withAction("fetch " + RedactedUri.of(asset
                        .uri()));
        FileHashes.Result hashes = downloads.download(call, file, asset.size(), progress);
        Verification verification = Proof.orRemove(file, () -> verify(asset, hashes));
        return new VerifiedAsset(asset, file, hashes.sha256(), hashes.size(), verification);
    }

    private Verification verify(Asset asset, FileHashes.Result hashes) {
        asset.apiDigest().ifPresent(stated -> Proof.require(asset.fileName(), stated, hashes));
        if (source.checksumAsset().isEmpty()) {
            return new Verification(asset.apiDigest().isPresent()
                    ? Rung.API_DIGEST
                    : Rung.FIRST_USE, List.of(), List.of());
        }
        ToolPlatform platform = tool.findPlatform(asset.platform()).orElseThrow();
        TemplateValues values = values(asset.release(), platform).withAsset(asset.fileName());
        String name = source.checksumAsset().get().expand(values);
        EvidenceFile checksums = checksums(asset.release(), name);
        return Proof.byChecksumFile(asset.fileName(), checksums, downloads.countedAlgorithms(),
                hashes);
    }

    /** A checksum file that registry.yaml or the catalogue promises must be there. */
    private EvidenceFile checksums(Release release, String name) {
        URI uri = find(node(release), name).flatMap(node -> uri(node.path("browser_download_url")))
                .orElseThrow(() -> new ContentNotFoundException("cannot verify " + tool.name() + " "
                        + release + ": the release has no " + name));
        HttpCall call = HttpCall.get(uri).withAction("fetch checksums " + RedactedUri.of(uri));
        Bytes content = downloads.find(call, MAX_CHECKSUMS)
                .orElseThrow(
                        () -> new ContentNotFoundException("cannot " + call.action()
                                + ": not found"));
        return new EvidenceFile(name, TEXT, content);
    }

    /** One reading for all questions, so that they get answers of one moment. */
    private synchronized List<JsonNode> all() {
        if (listed == null) {
            listed = new ReleasePages(source, downloads, access).read();
        }
        return listed;
    }

    private JsonNode node(Release release) {
        return all().stream()
                .filter(node -> node.path("tag_name")
                        .asText("")
                        .equals(release
                                .name()))
                .findFirst()
                .orElseThrow(() -> new ContentNotFoundException("cannot find "
                        + tool.name() + " " + release + " on GitHub: it is gone"));
    }

    private static Optional<JsonNode> find(JsonNode release, String name) {
        for (JsonNode asset : release.path("assets")) {
            boolean whole = asset.path("state").asText("uploaded").equals("uploaded");
            if (whole && asset.path("name").asText("").equals(name)) {
                return Optional.of(asset);
            }
        }
        return Optional.empty();
    }

    private static TemplateValues values(Release release, ToolPlatform platform) {
        return TemplateValues.of(release.version().toString(), release.name(), platform);
    }

    private static Optional<Instant> instant(JsonNode node) {
        try {
            return node.isTextual() ? Optional.of(Instant.parse(node.asText())) : Optional.empty();
        } catch (DateTimeParseException _) {
            return Optional.empty(); // as good as not said
        }
    }

    private static Optional<URI> uri(JsonNode node) {
        try {
            return node.isTextual() ? Optional.of(URI.create(node.asText())) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // as good as not said
        }
    }
}
