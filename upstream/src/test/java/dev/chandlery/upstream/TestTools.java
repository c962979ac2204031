package dev.chandlery.upstream;

import dev.chandlery.config.AssetTemplate;
import dev.chandlery.config.Compression;
import dev.chandlery.config.ContentSpec;
import dev.chandlery.config.Description;
import dev.chandlery.config.MavenSourceSpec;
import dev.chandlery.config.Packaging;
import dev.chandlery.config.PlatformName;
import dev.chandlery.config.ReleasePattern;
import dev.chandlery.config.ReleaseSelection;
import dev.chandlery.config.Rung;
import dev.chandlery.config.SecurityChecks;
import dev.chandlery.config.SecuritySpec;
import dev.chandlery.config.ToolPlatform;
import dev.chandlery.config.ToolSpec;
import dev.chandlery.oci.Algorithm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Tools for tests, without registry.yaml. */
public final class TestTools {
    private TestTools() {}

    /**
     * A Maven tool.
     *
     * @param words upstream's words for linux-x86_64, linux-aarch64, darwin-arm64, in this order
     */
    public static ToolSpec maven(String name, String group, String artifact, String pattern,
            String... words) {
        List<String> names = List.of("linux-x86_64", "linux-aarch64", "darwin-arm64");
        List<ToolPlatform> platforms = IntStream.range(0, words.length)
                .mapToObj(i -> new ToolPlatform(PlatformName.parse(names.get(i)), words[i]))
                .toList();
        return new ToolSpec(name, "tools", new MavenSourceSpec(group, artifact, "exe",
                new AssetTemplate("{platform}")), new ReleaseSelection(new ReleasePattern(pattern),
                        false, Duration.ZERO, 1, true), platforms, new ContentSpec(List.of(), List
                                .of(), true, Packaging.OCI, Compression.GZIP, Optional.empty(),
                                new TreeSet<>()), Optional.empty(), new Description("", Optional
                                        .empty(), Optional.empty()));
    }

    public static MavenSourceSpec source(ToolSpec tool) {
        return (MavenSourceSpec) tool.source();
    }

    /** Allows downloads from everywhere. */
    public static SecuritySpec anySource() {
        return new SecuritySpec(new SecurityChecks(true, true, false, false), List.of(), List.of(),
                List.of(Algorithm.SHA256), Rung.FIRST_USE);
    }
}
