package dev.chandlery.config.tool;

import dev.chandlery.config.source.PlatformName;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of a tool's download goes into its artifact, and in which form.
 *
 * @param binaries names of executables without {@code .exe}; empty takes all that are found
 * @param include globs of paths that are kept beside the binaries
 * @param keepUpstream whether the download itself is attached, byte for byte
 * @param packaging what the artifact is
 * @param compression of the layer
 * @param entrypoint name of the executable that a container runs; empty takes the one named as the tool,
 *     or the only one
 * @param versionArguments what makes the entrypoint tell its version, for {@code --smoke}
 * @param emulated platforms whose executable may be for another architecture of the same system
 */
public record ContentSpec(List<String> binaries, List<String> include, boolean keepUpstream,
        Packaging packaging, Compression compression, Optional<String> entrypoint,
        List<String> versionArguments, SortedSet<PlatformName> emulated) {

    public ContentSpec {
        binaries = List.copyOf(binaries);
        include = List.copyOf(include);
        versionArguments = List.copyOf(versionArguments);
        emulated = Collections.unmodifiableSortedSet(new TreeSet<>(emulated));
    }
}
