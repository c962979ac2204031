package dev.chandlery.publisher.pack;

import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.HttpSourceSpec;
import dev.chandlery.config.source.MavenSourceSpec;
import dev.chandlery.config.source.NpmSourceSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.VerifiedAsset;
import java.net.URI;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What manifests say of a tool: only what upstream and registry.yaml say, never when or where we ran. */
final class ToolAnnotations {

    private ToolAnnotations() {}

    /** Of a version, whatever its platform. */
    static SortedMap<String, String> of(ToolSpec tool, Release release) {
        SortedMap<String, String> map = new TreeMap<>();
        map.put(Annotations.TITLE, tool.name());
        map.put(Annotations.VERSION, release.version().toString());
        map.put(Annotations.UPSTREAM_RELEASE, release.name());
        release.published().ifPresent(at -> map.put(Annotations.CREATED, at.toString()));
        source(tool).ifPresent(uri -> map.put(Annotations.SOURCE, uri));
        release.page()
                .or(() -> tool.description().homepage())
                .ifPresent(uri -> map.put(
                        Annotations.URL, uri.toString()));
        tool.description().license().ifPresent(text -> map.put(Annotations.LICENSES, text));
        if (!tool.description().text().isEmpty()) {
            map.put(Annotations.DESCRIPTION, tool.description().text());
        }
        return map;
    }

    /** Of one platform: also which asset it was made from. */
    static SortedMap<String, String> of(PackRequest request) {
        VerifiedAsset asset = request.asset();
        SortedMap<String, String> map = of(request.tool(), asset.asset().release());
        map.put(Annotations.UPSTREAM_URL, AssetLocation.of(request));
        map.put(Annotations.UPSTREAM_DIGEST, asset.digest().toString());
        map.put(Annotations.UPSTREAM_SIZE, Long.toString(asset.sizeBytes()));
        return map;
    }

    private static Optional<String> source(ToolSpec tool) {
        return switch (tool.source()) {
            case GithubSourceSpec github when github.apiBase()
                    .equals(
                            GithubSourceSpec.PUBLIC_API) -> Optional.of("https://github.com/"
                                    + github
                                            .owner() + "/" + github.repository());
            case GithubSourceSpec _,MavenSourceSpec _,NpmSourceSpec _,HttpSourceSpec _ -> tool
                    .description()
                    .homepage()
                    .map(URI::toString);
        };
    }
}
