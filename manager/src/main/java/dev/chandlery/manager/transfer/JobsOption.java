package dev.chandlery.manager.transfer;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.registry.Session;
import picocli.CommandLine.Option;

/** {@code --jobs} of commands that copy: how much a registry is asked at a time. */
public final class JobsOption {
    private static final int MOST = 1000;

    @Option(names = "--jobs", paramLabel = "N", defaultValue = "32", description = "Requests at a time at each registry, 1 to "
            + MOST + "; default: ${DEFAULT-VALUE}.")
    private int jobs = 32;

    /**
     * What was given.
     *
     * @throws CommandException for usage when it is out of range
     */
    public int jobs() {
        if (jobs < 1 || jobs > MOST) {
            throw new CommandException(ExitCode.USAGE, "--jobs must be 1 to " + MOST + ", got "
                    + jobs);
        }
        return jobs;
    }

    /** A session that keeps as many connections as two registries may need; the caller closes it. */
    public Session open(Console console, GlobalOptions global) {
        int connections = 2 * jobs();
        return Session.open(console, global, transport -> transport.withIdleConnections(Math.max(
                connections, transport.idleConnections())));
    }
}
