package dev.chandlery.bench.publish;

import dev.chandlery.bench.publish.stock.ToolRelease;
import dev.chandlery.testkit.upstream.FakeGithub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A registry.yaml for all tools. */
final class PublisherConfig {
    private PublisherConfig() {}

    /** Where they come from and go to. */
    record Places(String registry, FakeGithub github, int parallel) {}

    static Path write(Path folder, List<ToolRelease> tools, Places places) throws IOException {
        StringBuilder yaml = new StringBuilder("""
                primary_registry: {url: "%s", namespace: bench, storage: "%s/storage"}
                cache: {local_cache_dir: "%s/cache"}
                security: {allowed_origins: ["%s"]}
                publishing:
                  parallel_uploads: %d
                  tool_sources:
                """.formatted(places.registry, folder, folder, places.github.storageOrigin(),
                places.parallel));
        for (ToolRelease tool : tools) {
            yaml.append("""
                        %s:
                          github_repo: bench/%s
                          github: {asset: "%s", api: "%s", checksum_asset: SHA256SUMS}
                          platforms: %s
                          minimum_trust: checksum-file
                    """.formatted(tool.name(), tool.name(), tool.pattern(), places.github.api(),
                    tool.platforms()));
        }
        return Files.writeString(folder.resolve("registry.yaml"), yaml);
    }
}
