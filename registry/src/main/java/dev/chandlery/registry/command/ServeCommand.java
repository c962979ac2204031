package dev.chandlery.registry.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Logging;
import dev.chandlery.config.server.ServerSpec;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.blob.DurableFiles;
import dev.chandlery.registry.http.HttpServerOptions;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.http.ServerCertificate;
import dev.chandlery.registry.observe.AccessLog;
import dev.chandlery.registry.observe.AuditLog;
import dev.chandlery.registry.route.RequestObserver;
import dev.chandlery.registry.server.AccessOptions;
import dev.chandlery.registry.server.Announcement;
import dev.chandlery.registry.server.Insight;
import dev.chandlery.registry.server.RegistryServer;
import dev.chandlery.registry.server.ServerOptions;
import dev.chandlery.registry.server.StorageLock;
import dev.chandlery.registry.server.StorageSettings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code registry serve}: serves storage until the process is told to end. */
@Command(name = "serve", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Serve storage as an OCI registry until Ctrl-C or SIGTERM.",
        "Running requests are finished before it ends. Programs that use the embedded registry of the same folder use this one meanwhile, unless it wants logins or speaks HTTPS. Everything can stand in registry.yaml's section registry_server as well, and more can."}, footer = {
                "", "Examples:", "  registry serve",
                "  registry serve --listen 0.0.0.0:5000 --tls-self-signed --htpasswd users --anonymous pull",
                "  registry serve --storage /srv/registry --access-log json --audit-log /var/log/registry",
                "  registry serve --database postgresql://chandlery@db/registry --s3 s3://tools"})
final class ServeCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private RegistryProgram program = new RegistryProgram();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--listen", paramLabel = "HOST:PORT", converter = ListenAddress.Converter.class, description = "Default: what registry.yaml says, else 127.0.0.1:5000; port 0 is any free one.")
    private @Nullable ListenAddress listen;

    @Mixin
    private StorageOption storage = new StorageOption();

    @Mixin
    private AccessOption access = new AccessOption();

    @Mixin
    private TlsOption tls = new TlsOption();

    @Mixin
    private LogOption logs = new LogOption();

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (program.global().verbose()) {
            Logging.verbose();
        }
        LoadedConfig config = LoadedConfig.of(console, spec);
        Path folder = storage.folder(config).toAbsolutePath().normalize();
        StorageSettings settings = storage.settings(config, folder);
        if (!settings.folders().isEmpty()) {
            folder = make(folder);
            settings = storage.settings(config, folder);
        }
        ListenAddress address = address(config);
        AccessOptions rights = access.options(config, address.isLoopback());
        Optional<ServerCertificate> certificate = tls.certificate(config, folder, address.host());
        Optional<AuditLog> audit = logs.audit(config, folder);
        Optional<AccessLog> requests = logs.access(config, console.err(), program.global()
                .quiet());
        List<RequestObserver> observers = new ArrayList<>();
        audit.ifPresent(observers::add);
        requests.ifPresent(observers::add);
        HttpServerOptions http = HttpServerOptions.of(address.host(), PortChoice.exactly(address
                .port()))
                .withPace(ConfiguredPolicies.pace(config))
                .withProxies(ConfiguredPolicies.proxies(
                        config));
        ServerOptions options = new ServerOptions(certificate.map(http::withTls).orElse(http),
                rights, ConfiguredPolicies.of(config), new Insight(observers, true), Clock
                        .systemUTC(), settings);
        try {
            return serve(options, folder, address);
        } finally {
            requests.ifPresent(AccessLog::close);
            audit.ifPresent(AuditLog::close);
        }
    }

    private int serve(ServerOptions options, Path folder, ListenAddress address) {
        StorageSettings settings = options.storage();
        boolean inFolder = settings == null || !settings.folders().isEmpty();
        try (RegistryServer server = inFolder
                ? RegistryServer.start(lock(folder), options)
                : RegistryServer.start(options)) {
            if (options.access() instanceof AccessOptions.OpenToAll) {
                console.note(console.alarming("Warning:") + " everybody who can reach "
                        + address.host() + " can read and change this registry; name users with"
                        + " --htpasswd");
            }
            String scheme = options.http().tls().isPresent() ? "https" : "http";
            console.out()
                    .println("listening on " + scheme + "://" + server.address() + " for "
                            + (settings == null ? folder : settings.place()));
            return await(server);
        }
    }

    private ListenAddress address(LoadedConfig config) {
        if (listen != null) {
            return listen;
        }
        return config.server()
                .map(ServerSpec::listen)
                .map(address -> new ListenAddress(address.host(), address.port()))
                .orElse(ListenAddress.DEFAULT);
    }

    private static Path make(Path folder) {
        try {
            DurableFiles.makeFolders(folder);
            return folder.toRealPath();
        } catch (IOException e) {
            throw new StorageException("cannot make registry storage " + folder + ": " + reason(
                    e), e);
        }
    }

    /** The message of such an exception is a path, as a rule. */
    private static String reason(IOException failure) {
        if (!(failure instanceof FileSystemException known)) {
            return String.valueOf(failure.getMessage());
        }
        String why = known.getReason();
        return why != null
                ? why
                : failure instanceof AccessDeniedException
                        ? "permission denied"
                        : "no folder can be made there";
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
