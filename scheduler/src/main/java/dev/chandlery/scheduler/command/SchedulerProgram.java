package dev.chandlery.scheduler.command;

import dev.chandlery.cli.Program;

/** The program {@code scheduler}. */
public final class SchedulerProgram {

    private SchedulerProgram() {}

    public static void main(String[] args) {
        Program.main(SchedulerCommand.class, args);
    }
}
