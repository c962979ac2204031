package dev.chandlery.registry.command;

import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.LoggingSpec;
import dev.chandlery.config.ServerSpec;
import dev.chandlery.registry.observe.AccessLog;
import dev.chandlery.registry.observe.AuditLog;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is written down of requests. */
final class LogOption {
    private static final int AUDIT_DAYS = 90;

    /** How the access log looks. */
    enum Access {
        off, text, json
    }

    @Option(names = "--access-log", paramLabel = "FORMAT", description = "Tell each request on standard error: ${COMPLETION-CANDIDATES}; default: what registry.yaml says, else text; off with -q.")
    private @Nullable Access access;

    @Option(names = "--audit-log", paramLabel = "DIR", description = "Write down every write and refusal there, in a file for each day; default: DIR/audit of the storage if registry.yaml has logging.audit_enabled.")
    private @Nullable Path audit;

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
        Optional<LoggingSpec> logging = config.spec().map(ConfigSpec::logging);
        Optional<Path> place = Optional.ofNullable(audit)
                .or(() -> logging.filter(LoggingSpec::auditEnabled)
                        .map(_ -> folder.resolve(
                                "audit")));
        return place.map(logs -> AuditLog.open(logs, Duration.ofDays(logging.map(
                LoggingSpec::auditRetentionDays).orElse(AUDIT_DAYS)), Clock.systemUTC()));
    }
}
