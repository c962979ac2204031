package dev.chandlery.upstream.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.ReleasePattern;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Digest;
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
import dev.chandlery.upstream.fetch.Unproven;
import dev.chandlery.upstream.proof.Candidate;
import dev.chandlery.upstream.proof.OutsideProofs;
import dev.chandlery.upstream.proof.ProofSource;
import dev.chandlery.upstream.proof.Prover;
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
import java.util.Set;
import java.util.stream.Stream;

/**
 * A tool whose files are assets of GitHub releases. The digest that GitHub's API states is compared whenever
 * it is there.
 */
public final class GithubUpstream implements Upstream {
    private final ToolSpec tool;
    private final GithubSourceSpec source;
    private final Downloads downloads;
    private final ReleasePages pages;
    private final ReleaseRules rules;
    private final Prover prover;
    private final ReleaseSboms sboms;

    /** @param pages of the source's repository; tools of one repository share them */
    public GithubUpstream(ToolSpec tool, GithubSourceSpec source, Downloads downloads,
            ReleasePages pages, ReleaseRules rules, Prover prover) {
        this.tool = tool;
        this.source = source;
        this.downloads = downloads;
        this.pages = pages;
        this.rules = rules;
        this.prover = prover;
        this.sboms = new ReleaseSboms(downloads);
    }

    /**
     * GitHub lists releases by the age of their commits, so that a branch of an older version may come first:
     * it is read on until a whole page changed nothing of the newest.
     */
    @Override
    public Stream<Release> listed(int newest) {
        return select(pages.read((before, all) -> newest < Integer.MAX_VALUE && top(all, newest)
                .size() == newest && top(before, newest).equals(top(all, newest))).releases());
    }

    private List<String> top(List<JsonNode> nodes, int newest) {
        return select(nodes).filter(release -> !release.isWaiting())
                .limit(newest)
                .map(Release::name)
                .toList();
    }

    private Stream<Release> select(List<JsonNode> nodes) {
        return rules.select(nodes.stream()
                .map(node -> new Listed(node.path("tag_name").asText(""),
                        instant(node.path("published_at")), node.path("prerelease")
                                .asBoolean(false), uri(node.path("html_url")))));
    }

    /** Asks for the tag alone, where the first page lacks it. */
    @Override
    public Optional<Release> find(String version) {
        ReleasePattern pattern = tool.releases().pattern();
        Stream<String> tags = Stream.of(version, pattern.releaseName(version))
                .filter(tag -> pattern.versionOf(tag).isPresent())
                .distinct();
        return tags.flatMap(tag -> pages.find(tag).stream())
                .findFirst()
                .flatMap(node -> select(List.of(node)).findFirst());
    }

    @Override
    public boolean listsAssets() {
        return true;
    }

    /** A repository without any release is no reason to take back what came from it. */
    @Override
    public Standing standing(String release, Set<String> files) {
        if (pages.read((_, _) -> true).releases().isEmpty()) {
            return new Standing.Unknown();
        }
        Optional<JsonNode> node = pages.find(release);
        if (node.isEmpty()) {
            return new Standing.Withdrawn("the release is gone");
        }
        return files.stream()
                .sorted()
                .filter(file -> find(node.get(), file).isEmpty())
                .findFirst()
                .<Standing>map(file -> new Standing.Withdrawn(file + " is gone"))
                .orElseGet(Standing.Offered::new);
    }

    @Override
    public List<Asset> assets(Release release) {
        JsonNode node = node(release);
        List<Asset> assets = new ArrayList<>();
        for (ToolPlatform platform : tool.platforms()) {
            source.assets()
                    .names(values(release, platform))
                    .stream()
                    .flatMap(name -> find(node, name).flatMap(found -> asset(found, name, platform,
                            release)).stream())
                    .findFirst()
                    .ifPresent(assets::add);
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

    /** Who replaces a file has to delete it: the new one has another number and another time. */
    @Override
    public Optional<String> validator(Asset asset) {
        return find(node(asset.release()), asset.fileName()).filter(node -> node.has("id") && node
                .has("updated_at"))
                .map(node -> node.path("id").asText() + " " + node.path("updated_at").asText());
    }

    @Override
    public VerifiedAsset fetch(Asset asset, Path folder, FetchListener listener) {
        Path file = folder.resolve(asset.fileName());
        HttpCall call = HttpCall.get(asset.uri())
                .withAction("fetch " + RedactedUri.of(asset
                        .uri()));
        FileHashes.Result hashes = downloads.download(call, file, asset.size(), listener);
        Verification verification = Unproven.orRemove(file, () -> prover.verify(new Candidate(asset,
                file, hashes), new Beside(asset.release())));
        return new VerifiedAsset(asset, file, hashes.sha256(), hashes.size(), verification, Unproven
                .orRemove(file, () -> sboms.of(asset, node(asset.release()))));
    }

    /** Other files of the release. */
    private final class Beside implements OutsideProofs.Beside {
        private final Release release;

        Beside(Release release) {
            this.release = release;
        }

        @Override
        public Optional<Bytes> file(String name) {
            return find(node(release), name).flatMap(node -> uri(node.path("browser_download_url")))
                    .flatMap(uri -> downloads.find(HttpCall.get(uri)
                            .withAction("fetch " + RedactedUri.of(uri)), ProofSource.MAX_BYTES));
        }

        @Override
        public Optional<Instant> uploaded(String name) {
            return find(node(release), name).flatMap(node -> instant(node.path("updated_at")));
        }
    }

    private JsonNode node(Release release) {
        return pages.find(release.name())
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
