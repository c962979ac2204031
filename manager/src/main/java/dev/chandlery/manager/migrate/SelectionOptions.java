package dev.chandlery.manager.migrate;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.source.NamePattern;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.SelectionSpec;
import dev.chandlery.oci.InvalidReferenceException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is copied, as options of a command. */
public final class SelectionOptions {

    @Option(names = "--include", paramLabel = "GLOB", description = "Repositories below the namespace, instead of those that registry.yaml lays out; * is any text within a component, ** across them. Repeatable.")
    private List<String> include = List.of();

    @Option(names = "--exclude", paramLabel = "GLOB", description = "Repositories that are left out all the same. Repeatable.")
    private List<String> exclude = List.of();

    @Option(names = "--tags", paramLabel = "GLOB", description = "Only these tags. Repeatable.")
    private List<String> tags = List.of();

    @Option(names = "--latest", paramLabel = "N", description = "Only the newest N versions, with all their tags; tags that are no versions only where --tags names them.")
    private @Nullable Integer latest;

    @Option(names = "--platform", paramLabel = "P", description = "Only this platform, such as linux-x86_64 or linux/amd64; an index becomes one of these only, with a digest of its own. Repeatable.")
    private List<String> platforms = List.of();

    @Option(names = "--no-referrers", description = "Without what is attached to manifests: signatures, SBOMs, evidence.")
    private boolean noReferrers;

    /**
     * What the options ask for.
     *
     * @throws CommandException when a value is wrong
     */
    public SelectionSpec selection() {
        if (latest != null && latest < 1) {
            throw new CommandException(ExitCode.USAGE, "--latest must be 1 or more, got " + latest);
        }
        return new SelectionSpec(patterns("--include", include), patterns("--exclude", exclude),
                patterns("--tags", tags), Optional.ofNullable(latest), platforms(), !noReferrers);
    }

    /** Whether only a part is copied. */
    public boolean isPart() {
        return !selection().equals(SelectionSpec.ALL);
    }

    private static List<NamePattern> patterns(String option, List<String> globs) {
        try {
            return globs.stream().map(NamePattern::new).toList();
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, option + ": " + e.getMessage() + ", got "
                    + String.join(" ", globs));
        }
    }

    private List<PlatformName> platforms() {
        try {
            return platforms.stream().map(PlatformName::parse).toList();
        } catch (InvalidReferenceException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
