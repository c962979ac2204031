package dev.chandlery.registry.command;

import dev.chandlery.config.server.ServerSpec;
import dev.chandlery.registry.observe.AccessLog;
import dev.chandlery.registry.observe.AuditLog;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is written down of requests. */
final class LogOption {
    /** How the access log looks. */
    enum Access {
        off, text, json
    }

    @Option(names = "--access-log", paramLabel = "FORMAT", description = "Tell each request on standard error: ${COMPLETION-CANDIDATES}; default: what registry.yaml says, else text; off with -q.")
    private @Nullable Access access;

    @Mixin
    private AuditOption audit = new AuditOption();

    Optional<AccessLog> access(LoadedConfig config, PrintStream out, boolean quiet) {
        Access format = access != null
                ? access
                : quiet
                        ? Access.off
                        : config.server()
                                .map(ServerSpec::accessLog)
                                .map(log -> Access.valueOf(log.name().toLowerCase(Locale.ROOT)))
                                .orElse(Access.text);
        return switch (format) {
            case off -> Optional.empty();
            case text -> Optional.of(AccessLog.to(out, AccessLog.Format.TEXT, Clock.systemUTC()));
            case json -> Optional.of(AccessLog.to(out, AccessLog.Format.JSON, Clock.systemUTC()));
        };
    }

    Optional<AuditLog> audit(LoadedConfig config, Path folder) {
        return audit.open(config, folder);
    }
}
