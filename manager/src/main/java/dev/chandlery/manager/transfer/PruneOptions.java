package dev.chandlery.manager.transfer;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.manager.transfer.TransferOptions.Step;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** {@code --prune} of commands that copy. */
public final class PruneOptions {

    @Option(names = "--prune", description = "At last remove tags that the source does not have, in the repositories and patterns that were copied; never when anything failed.")
    private boolean prune;

    @Option(names = "--prune-empty", description = "With --prune: also where the source has no tags at all.")
    private boolean pruneEmpty;

    /**
     * What was asked for.
     *
     * @throws CommandException for usage when one option lacks the other
     */
    public Set<Step> steps() {
        if (pruneEmpty && !prune) {
            throw new CommandException(ExitCode.USAGE, "--prune-empty goes with --prune");
        }
        Set<Step> steps = EnumSet.noneOf(Step.class);
        if (prune) {
            steps.add(Step.PRUNE);
        }
        if (pruneEmpty) {
            steps.add(Step.PRUNE_EMPTY);
        }
        return steps;
    }
}
