package dev.chandlery.config;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.Description;

import java.util.List;
import java.util.Optional;

/**
 * Tools that are published together, as one image for each platform.
 *
 * @param name key in {@code bundles}; the last component of the repository's name
 * @param repository group it belongs to
 * @param tools in the order of their layers; at least one, none twice
 * @param platforms that are wanted; empty for all that every tool has
 * @param version that it is tagged with beside {@code latest}; empty for none
 * @param image what a container of it is like
 * @param description what people read about it
 */
public record BundleSpec(String name, String repository, List<Member> tools,
        List<PlatformName> platforms, Optional<String> version, Image image,
        Description description) {

    public BundleSpec {
        tools = List.copyOf(tools);
        platforms = List.copyOf(platforms);
        long different = tools.stream().map(Member::tool).distinct().count();
        if (tools.isEmpty() || different != tools.size()) {
            throw new IllegalArgumentException("no tool, or one twice, in bundle " + name);
        }
    }

    /**
     * One tool of a bundle.
     *
     * @param tool of {@code tool_sources}
     * @param version its number, such as {@code 31.1}
     */
    public record Member(String tool, String version) {

        /** As it is written: {@code protoc@31.1}. */
        @Override
        public String toString() {
            return tool + "@" + version;
        }
    }

    /**
     * What a container of a bundle is like.
     *
     * @param base image below the tools, as Docker writes references; empty for none
     * @param entrypoint name of the executable that a container runs; empty for the base's, or none
     */
    public record Image(Optional<String> base, Optional<String> entrypoint) {}
}
