package dev.chandlery.publisher.command;

import dev.chandlery.cli.Program;

/** The program {@code publisher}. */
public final class PublisherProgram {

    private PublisherProgram() {}

    public static void main(String[] args) {
        Program.work(PublishCommand.class, args);
    }
}
