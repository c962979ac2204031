package dev.chandlery.manager.verify;

import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.client.RemoteRepository;
import java.util.List;
import java.util.Optional;

/**
 * What a command line names, found in a registry.
 *
 * @param title for people, such as {@code protoc 31.1 in ghcr.io/acme}
 * @param tool of registry.yaml that it is; empty for other artifacts
 * @param version that it must be of; empty where only its bytes were named, or a tag that moves
 * @param roots one, or one for each platform where each has a repository of its own
 * @param registry that has it in its namespace; empty when nobody knows where that begins
 */
public record Located(String title, Optional<ToolSpec> tool, Optional<String> version,
        List<Root> roots, Optional<RegistryConnection> registry) {

    /**
     * A manifest that a tag or digest names.
     *
     * @param repository that has it
     * @param manifest as it was resolved
     * @param name for people: a tag, a digest or a platform
     * @param platforms that are asked for; empty means all
     */
    public record Root(RemoteRepository repository, Descriptor manifest, String name,
            List<PlatformName> platforms) {
        public Root {
            platforms = List.copyOf(platforms);
        }
    }

    public Located {
        roots = List.copyOf(roots);
    }
}
