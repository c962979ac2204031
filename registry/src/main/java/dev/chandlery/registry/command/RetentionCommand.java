package dev.chandlery.registry.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.registry.access.RepositoryPattern;
import dev.chandlery.registry.collect.CollectionSettings;
import dev.chandlery.registry.collect.LockFiles;
import dev.chandlery.registry.collect.Retention;
import dev.chandlery.registry.collect.RetentionPolicy;
import dev.chandlery.registry.collect.RetentionRequest;
import dev.chandlery.registry.collect.TagPattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code registry retention}. */
@Command(name = "retention", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Take old versions away: manifests that have tags, are neither among the newest nor young, and have no tag to keep. All their tags go with them.",
        "What an index that stays names stays, and what is attached to what stays (signatures, SBOMs). Untagged manifests are left to registry gc, and so is the space: it is free when what the manifests named is collected.",
        "Without a policy on the command line those of registry.yaml apply, as a running registry applies them. It may serve the storage meanwhile."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:done", "1:failed", "2:wrong usage",
                "3:some repositories were left out, as a manifest there cannot be read"}, footer = {
                        "", "Examples:", "  registry retention --dry-run -v",
                        "  registry retention --keep-last 5 --dry-run -v",
                        "  registry retention --repositories 'ci/**' --older-than 14d --keep-tags 'v*' --keep-tags latest",
                        "  registry retention --keep-last 3 --older-than 90d --locked build/tools.lock"})
final class RetentionCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private UpkeepOption upkeep = new UpkeepOption();

    @Option(names = {"-n",
            "--dry-run"}, description = "Tell what would go; change nothing. With -v also what stays, and why.")
    private boolean dryRun;

    @Option(names = "--keep-last", paramLabel = "N", description = "Keep the N manifests of each repository that were tagged last.")
    private @Nullable Integer keepLast;

    @Option(names = "--older-than", paramLabel = "DURATION", converter = DurationText.class, description = "Keep what was tagged since then, such as 90s, 15m, 24h, 30d. With --keep-last as well, only what neither of them keeps goes.")
    private @Nullable Duration olderThan;

    @Option(names = "--keep-tags", paramLabel = "GLOB", description = "Keep what has such a tag; repeatable.")
    private List<String> keepTags = List.of();

    @Option(names = "--repositories", paramLabel = "GLOB", description = "Only in these, such as ci/* or team/**; repeatable; default: all.")
    private @Nullable List<String> repositories;

    @Option(names = "--locked", paramLabel = "FILE", description = "Keep all digests that this text names, whatever its format; repeatable. Those count as well that registry.yaml names.")
    private List<Path> locked = List.of();

    RetentionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CollectionSettings configured = ConfiguredPolicies.collection(upkeep.config(console));
        RetentionRequest request = new RetentionRequest(policies(configured), LockFiles.read(Stream
                .concat(configured.lockFiles().stream(), locked.stream())
                .toList()), dryRun);
        RetentionLog log = new RetentionLog(upkeep.verbose());
        try (OpenStorage opened = upkeep.open(console);
                CommandAudit audit = upkeep.audit(console, !dryRun)) {
            new Retention(opened.metadata(), opened.clock()).apply(request, log.andTo(audit));
            if (upkeep.format().json()) {
                console.out().println(log.json(dryRun));
            } else {
                log.lines().forEach(console.out()::println);
                console.note(log.summary(dryRun));
            }
            return (log.isComplete() ? ExitCode.DONE : ExitCode.PARTLY).code();
        }
    }

    private List<RetentionPolicy> policies(CollectionSettings settings) {
        if (keepLast != null || olderThan != null) {
            return List.of(policy());
        }
        List<RetentionPolicy> configured = keepTags.isEmpty() && repositories == null
                ? settings.retention()
                : List.of();
        if (configured.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "cannot tell what goes",
                    "say how many versions stay with --keep-last N, from which age they go with --older-than DURATION, or both; or write policies into registry.yaml, below registry_server.retention");
        }
        return configured;
    }

    private RetentionPolicy policy() {
        try {
            return new RetentionPolicy((repositories == null ? List.of("**") : repositories)
                    .stream()
                    .map(RepositoryPattern::parse)
                    .toList(),
                    keepLast, keepTags.stream().map(TagPattern::parse).toList(), olderThan);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
