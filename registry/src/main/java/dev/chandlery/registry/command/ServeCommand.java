package dev.chandlery.registry.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Logging;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.blob.DurableFiles;
import dev.chandlery.registry.http.HttpServerOptions;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.server.AccessOptions;
import dev.chandlery.registry.server.Announcement;
import dev.chandlery.registry.server.Insight;
import dev.chandlery.registry.server.Policies;
import dev.chandlery.registry.server.RegistryServer;
import dev.chandlery.registry.server.ServerOptions;
import dev.chandlery.registry.server.StorageLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code registry serve}: serves a folder until the process is told to end. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = {
        "Serve a storage folder as an OCI registry until Ctrl-C or SIGTERM.",
        "Running requests are finished before it ends. Programs that use the embedded registry of the same folder use this one meanwhile."})
final class ServeCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private RegistryProgram program = new RegistryProgram();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--storage", paramLabel = "DIR", description = "Folder of the content; default: the storage of registry.yaml's primary_registry, else $XDG_DATA_HOME/chandlery/registry.")
    private @Nullable Path storage;

    @Option(names = "--listen", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:5000", converter = ListenAddress.Converter.class, description = "Default: ${DEFAULT-VALUE}; port 0 is any free one. Other hosts than loopback let other machines in, and there are no passwords.")
    private ListenAddress listen = new ListenAddress("127.0.0.1", 0);

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (program.global().verbose()) {
            Logging.verbose();
        }
        Path folder = folder();
        try (RegistryServer server = RegistryServer.start(lock(folder), options())) {
            if (!listen.isLoopback()) {
                console.note(console.alarming("Warning:") + " everybody who can reach "
                        + listen.host() + " can read and change this registry");
            }
            console.out().println("listening on http://" + server.address() + " for " + folder);
            return await(server);
        }
    }

    private ServerOptions options() {
        return new ServerOptions(HttpServerOptions.of(listen.host(), PortChoice.exactly(listen
                .port())), listen.isLoopback()
                        ? new AccessOptions.OpenToLoopback()
                        : new AccessOptions.OpenToAll(),
                Policies.DEFAULTS, Insight.NONE, Clock.systemUTC(), null);
    }

    private Path folder() {
        Path chosen = storage != null
                ? storage
                : new StorageFolder(program.global(), console.environment()).find(spec
                        .commandLine()
                        .getParseResult()
                        .hasMatchedOption("--config") || spec.root()
                                .commandLine()
                                .getParseResult()
                                .hasMatchedOption("--config"));
        try {
            DurableFiles.makeFolders(chosen.toAbsolutePath());
            return chosen.toRealPath();
        } catch (IOException e) {
            throw new StorageException("cannot make registry storage " + chosen + ": " + e
                    .getMessage(), e);
        }
    }

    private static StorageLock lock(Path folder) {
        return StorageLock.tryTake(folder)
                .orElseThrow(() -> new CommandException(ExitCode.FAILED, "cannot serve " + folder
                        + ": another process has this storage" + Announcement.read(folder)
                                .map(a -> ", and answers at http://" + a.address())
                                .orElse(""),
                        "use that registry, end its process, or name another folder with --storage"));
    }

    /** The signal ends the process when its hooks are done: this one waits for running requests. */
    private int await(RegistryServer server) {
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            console.note("stopping");
            server.close();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Runtime.getRuntime().removeShutdownHook(hook);
            Thread.currentThread().interrupt();
        }
        return ExitCode.INTERRUPTED.code();
    }
}
