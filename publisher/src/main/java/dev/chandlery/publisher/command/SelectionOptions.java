package dev.chandlery.publisher.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.publisher.plan.Selection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what to publish. */
final class SelectionOptions {
    private static final String ALL = "all";

    @Option(names = "--tool", paramLabel = "NAME", split = ",", description = "Tools of registry.yaml, or all (the default: those with auto_publish).")
    private List<String> tools = List.of(ALL);

    @Option(names = "--versions", paramLabel = "N", description = "How many of the newest versions; default: as registry.yaml says.")
    private @Nullable Integer versions;

    @Option(names = "--version", paramLabel = "V", arity = "0..1", fallbackValue = "", description = "Only that version, such as 31.1; without a value: this program's own.")
    private @Nullable String version;

    @Option(names = "--platform", paramLabel = "P", split = ",", description = "Only these, such as linux-x86_64 or linux/amd64.")
    private List<String> platforms = List.of();

    @Option(names = "--force", description = "Fetch, verify and push again what is published already.")
    private boolean force;

    /** Whether it says which tools, versions or platforms. */
    boolean isNarrowed() {
        return !tools.contains(ALL) || versions != null || version != null || !platforms.isEmpty()
                || force;
    }

    /** Whether {@code --version} stands alone, which asks for the program's own version. */
    boolean asksForProgramVersion() {
        return version != null && version.isEmpty();
    }

    Selection selection() {
        if (versions != null && (versions < 1 || version != null)) {
            throw new CommandException(ExitCode.USAGE, versions < 1
                    ? "--versions must be 1 or more, got " + versions
                    : "--versions and --version exclude each other");
        }
        List<String> named = tools.contains(ALL) ? List.of() : List.copyOf(tools);
        return new Selection(named, versions == null
                ? OptionalInt.empty()
                : OptionalInt.of(
                        versions), Optional.ofNullable(version), platforms.stream()
                                .map(PlatformName::parse)
                                .toList(), force);
    }
}
