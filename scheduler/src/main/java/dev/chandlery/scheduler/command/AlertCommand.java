package dev.chandlery.scheduler.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The command {@code scheduler alert}, which only has subcommands. */
@Command(name = "alert", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", subcommands = AlertTestCommand.class, description = "Whom failures are told to.", footer = {
        "", "Examples:", "  scheduler alert test"})
final class AlertCommand {

    @ParentCommand
    private SchedulerCommand scheduler = new SchedulerCommand();

    SchedulerCommand scheduler() {
        return scheduler;
    }
}
