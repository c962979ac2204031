package dev.chandlery.manager;

import dev.chandlery.cli.Program;
import dev.chandlery.manager.command.ManagerCommand;

/** The program {@code manager}. */
public final class ManagerProgram {

    private ManagerProgram() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String... args) {
        Program.work(ManagerCommand.class, args);
    }
}
