package dev.chandlery.publisher;

import dev.chandlery.cli.ExitCode;
import java.util.List;

/**
 * How one backup registry was brought up to date. That it failed is no failure of the run: the next one
 * catches up.
 *
 * @param registry label of the backup
 * @param copied number of tags that are new there
 * @param upToDate number of tags that were right
 * @param errors why others could not be copied
 */
public record BackupOutcome(String registry, int copied, int upToDate, List<String> errors) {

    public BackupOutcome {
        errors = List.copyOf(errors);
    }

    /** How it ended, as a word: {@code done}, {@code nothing-to-do}, {@code partly} or {@code failed}. */
    public String status() {
        return switch (ExitCode.ofItems(copied + upToDate, errors.size())) {
            case DONE -> copied == 0 ? "nothing-to-do" : "done";
            case PARTLY -> "partly";
            case FAILED, USAGE, INTERRUPTED -> "failed";
        };
    }
}
