package dev.chandlery.manager.verify;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.sources.Upstreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Compares what was published with what upstream offers today.
 *
 * @param upstreams of the run
 * @param tool as registry.yaml has it
 * @param platform that it is for
 * @param document manifest of the platform
 */
record Drift(Upstreams upstreams, Optional<ToolSpec> tool, Optional<PlatformName> platform,
        ManifestDocument document) {

    /** Fetches and proves upstream's file anew. */
    Object compare(Path folder) throws IOException {
        if (tool.isEmpty()) {
            return new Checks.Nothing("registry.yaml does not say where it comes from");
        }
        Upstream upstream = upstreams.forTool(tool.get());
        String name = annotation(Annotations.UPSTREAM_RELEASE);
        Release release = upstream.find(name)
                .orElseThrow(() -> gone("release " + name));
        Asset asset = upstream.assets(release)
                .stream()
                .filter(each -> isTheOne(each))
                .findFirst()
                .orElseThrow(() -> gone("a file for it in release " + name));
        VerifiedAsset today = upstream.fetch(asset, Files.createDirectory(folder.resolve("today")),
                _ -> {});
        String published = annotation(Annotations.UPSTREAM_DIGEST);
        if (!today.digest().toString().equals(published)) {
            throw Problem.differs(asset.fileName() + " as upstream has it today", published, today
                    .digest());
        }
        return asset.fileName() + " is the same upstream today, trusted by " + today.verification()
                .rung()
                .label();
    }

    private boolean isTheOne(Asset asset) {
        String url = annotation(Annotations.UPSTREAM_URL);
        String title = url.substring(url.lastIndexOf('/') + 1);
        return platform.isPresent()
                ? platform.get().equals(asset.platform())
                : asset.fileName().equals(title);
    }

    private ContentNotFoundException gone(String what) {
        return new ContentNotFoundException("cannot find " + what + " of " + tool.orElseThrow()
                .name() + " upstream: expected it as when it was published, got nothing");
    }

    private String annotation(String key) {
        return document.manifest().annotations().getOrDefault(key, "");
    }
}
