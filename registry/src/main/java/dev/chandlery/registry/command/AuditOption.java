package dev.chandlery.registry.command;

import dev.chandlery.registry.observe.AuditLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where it is written down who changed what. */
final class AuditOption {
    private static final int KEPT_DAYS = 90;
    /** Old files are the registry's to delete. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    @Option(names = "--audit-log", paramLabel = "DIR", description = "Write down there what is changed or refused, by whom, in a file for each day; default: DIR/audit of the storage if registry.yaml has logging.audit_enabled.")
    private @Nullable Path audit;

    /**
     * Opens it for a registry, if there is to be one; closed by the caller.
     *
     * @param storage the folder of it
     */
    Optional<AuditLog> open(LoadedConfig config, Path storage) {
        return open(config, storage, Duration.ofDays(config.spec()
                .map(spec -> spec.logging().auditRetentionDays())
                .orElse(KEPT_DAYS)));
    }

    /** The same for a command beside it. */
    Optional<AuditLog> openBeside(LoadedConfig config, Path storage) {
        return open(config, storage, FOR_EVER);
    }

    private Optional<AuditLog> open(LoadedConfig config, Path storage, Duration kept) {
        return Optional.ofNullable(audit)
                .or(() -> config.spec()
                        .filter(spec -> spec.logging().auditEnabled())
                        .map(_ -> storage.resolve("audit")))
                .map(logs -> AuditLog.open(logs, kept, Clock.systemUTC()));
    }
}
