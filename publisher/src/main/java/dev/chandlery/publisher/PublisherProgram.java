package dev.chandlery.publisher;

import dev.chandlery.cli.Program;
import dev.chandlery.publisher.command.PublishCommand;

/** The program {@code publisher}. */
public final class PublisherProgram {

    private PublisherProgram() {}

    public static void main(String[] args) {
        Program.main(PublishCommand.class, args);
    }
}
