package dev.chandlery.manager.transfer;

import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Source;
import java.util.stream.Stream;

/**
 * Asks a gate about the tools and bundles of a configuration. What is attached under tags, and records of the
 * publisher, are none that anybody pulls; repositories of others are theirs.
 *
 * @param config whose tools and bundles are ours
 * @param gate that is asked
 */
public record Guard(ConfigSpec config, Gate gate) {

    /** Whether what the tag names has to pass the gate. */
    public boolean covers(String path, Tag tag) {
        return !gate.equals(Gate.OPEN) && isOurs(path) && !TagSelection.isOfDigest(tag)
                && !ToolNames.isRecord(tag) && !ToolNames.isNestedRecord(tag);
    }

    /**
     * Lets through what the tag names now.
     *
     * @return its digest, as the tag may move meanwhile
     * @throws dev.chandlery.oci.OciException when it must not be copied
     */
    public Digest require(Source source, Tag tag) {
        Digest manifest = source.resolve(tag).digest();
        gate.require(source, manifest);
        return manifest;
    }

    private boolean isOurs(String path) {
        Stream<String> tools = config.publishing()
                .tools()
                .values()
                .stream()
                .map(tool -> config.repositoryOf(tool).path() + "/" + tool.name());
        Stream<String> bundles = config.bundles()
                .values()
                .stream()
                .map(bundle -> config.repositoryOf(bundle).path() + "/" + bundle.name());
        return Stream.concat(tools, bundles)
                .anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
    }
}
