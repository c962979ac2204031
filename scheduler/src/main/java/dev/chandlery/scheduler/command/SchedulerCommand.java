package dev.chandlery.scheduler.command;

import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.ProgramVersion;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code scheduler}, which only has subcommands. */
@Command(name = "scheduler", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, synopsisSubcommandLabel = "COMMAND", subcommands = {
        RunCommand.class, OnceCommand.class, ListCommand.class, HistoryCommand.class,
        IncidentsCommand.class, AlertCommand.class,
        AutoComplete.GenerateCompletion.class}, description = "Does by itself, at the times that registry.yaml says, what publisher and manager do: health, detect, publish, cache-cleanup, retention, garbage-collection, mirror, verify, drift.", footer = {
                "", "Examples:", "  scheduler run                     until it is stopped",
                "  scheduler once publish            now, and once",
                "  scheduler list                    next and last runs of each job",
                "  scheduler history --since 7d      what ran, and how it ended",
                "  scheduler incidents               what is wrong now",
                "  scheduler alert test              a test message to each channel", "",
                "Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 partly done, 130 interrupted."})
public final class SchedulerCommand {

    @Mixin
    private GlobalOptions global = new GlobalOptions();

    /** Options before or after the subcommand's name. */
    GlobalOptions global() {
        return global;
    }
}
