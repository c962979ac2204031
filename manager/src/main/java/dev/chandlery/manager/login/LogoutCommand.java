package dev.chandlery.manager.login;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.client.auth.DockerConfigFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code manager logout}. */
@Command(name = "logout", mixinStandardHelpOptions = true, description = "Forget a login that Docker's configuration, or its credential helper, keeps.", footer = {
        "", "Example:", "  manager logout ghcr.io"})
public final class LogoutCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "REGISTRY", description = "host[:port], such as ghcr.io")
    private String host = "";

    LogoutCommand(Console console) {
        this.console = console;
    }

    /** Who was not logged in is logged out, too. */
    @Override
    public Integer call() {
        Registry registry = Registry.parse(host);
        boolean erased = DockerConfigFile.of(console.environment()).erase(registry);
        console.out()
                .println(erased
                        ? "Logged out of " + registry
                        : "There was no login of " + registry);
        return ExitCode.DONE.code();
    }
}
