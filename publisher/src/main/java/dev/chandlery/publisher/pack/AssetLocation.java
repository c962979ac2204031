package dev.chandlery.publisher.pack;

import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.HttpSourceSpec;
import dev.chandlery.config.source.MavenSourceSpec;
import dev.chandlery.config.source.NpmSourceSpec;
import dev.chandlery.config.source.TemplateValues;
import dev.chandlery.config.source.ToolPlatform;
import dev.chandlery.upstream.Asset;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where upstream has an asset, in words that are the same for everybody. Packages are named by package URL:
 * the mirror that they came through is a matter of the user's settings.
 */
final class AssetLocation {

    private AssetLocation() {}

    static String of(PackRequest request) {
        Asset asset = request.asset().asset();
        ToolPlatform platform = request.tool().findPlatform(request.platform()).orElseThrow();
        String release = asset.release().name();
        TemplateValues values = TemplateValues.of(asset.release().version().toString(), release,
                platform);
        return switch (request.tool().source()) {
            case MavenSourceSpec maven -> "pkg:maven/" + maven.groupId() + "/" + maven.artifactId()
                    + "@" + encode(release) + "?classifier=" + encode(maven.classifier()
                            .expand(
                                    values)) + "&type=" + encode(maven.extension());
            case NpmSourceSpec npm -> "pkg:npm/" + npm.packageName()
                    .expand(values)
                    .replace("@",
                            "%40") + "@" + encode(release);
            case GithubSourceSpec _,HttpSourceSpec _ -> withoutSecrets(asset.uri());
        };
    }

    private static String withoutSecrets(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
