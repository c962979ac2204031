package dev.chandlery.registry.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.server.ServerStorageSpec;
import dev.chandlery.registry.s3.S3Login;
import dev.chandlery.registry.s3.S3Settings;
import dev.chandlery.registry.server.StorageSettings;
import dev.chandlery.registry.server.StorageSettings.Blobs;
import dev.chandlery.registry.server.StorageSettings.Metadata;
import dev.chandlery.registry.sql.PostgresSettings;
import dev.chandlery.registry.sql.SqliteMetadata;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which storage a command works on: the options, else registry.yaml, else the user's own folder. */
final class StorageOption {
    /** Names the database where a command line would show its password to others. */
    private static final String DATABASE_VARIABLE = "CHANDLERY_DATABASE";

    @Option(names = "--storage", paramLabel = "DIR", description = "Folder of the content; default: what registry.yaml says, else $XDG_DATA_HOME/chandlery/registry.")
    private @Nullable Path storage;

    @Option(names = "--database", paramLabel = "URL", description = "PostgreSQL for everything but content, such as postgresql://user@host/name; default: $CHANDLERY_DATABASE, else what registry.yaml says, else a file in the folder.")
    private @Nullable String database;

    @Option(names = "--s3", paramLabel = "s3://BUCKET[/PREFIX]", description = "S3 bucket for content; default: what registry.yaml says, else the folder. Credentials come from where Amazon's tools look for them.")
    private @Nullable String s3;

    @Option(names = "--s3-endpoint", paramLabel = "URL", description = "Of a service other than Amazon's; the bucket stands in the path then.")
    private @Nullable URI endpoint;

    @Option(names = "--s3-region", paramLabel = "REGION", defaultValue = S3Settings.DEFAULT_REGION, description = "Default: ${DEFAULT-VALUE}.")
    private String region = S3Settings.DEFAULT_REGION;

    /** The folder, whether or not anything is kept there. */
    Path folder(LoadedConfig config) {
        return storage != null ? storage : config.storage();
    }

    /** Where everything is kept. A folder on the command line stands against registry.yaml's services. */
    StorageSettings settings(LoadedConfig config, Path folder) {
        Optional<ServerStorageSpec> spec = storage != null
                ? Optional.empty()
                : config.server().map(server -> server.storage());
        StorageSettings settings = StorageSettings.inFolder(folder);
        if (s3 != null) {
            settings = settings.withBlobs(new Blobs.S3(bucket(s3)));
        } else if (spec.flatMap(ServerStorageSpec::s3).isPresent()) {
            settings = settings.withBlobs(new Blobs.S3(bucket(config, spec.get()
                    .s3()
                    .orElseThrow())));
        }
        String url = database != null
                ? database
                : config.environment().getOrDefault(DATABASE_VARIABLE, "");
        if (!url.isEmpty()) {
            return settings.withMetadata(new Metadata.Postgres(PostgresSettings.parse(url)));
        }
        return spec.flatMap(ServerStorageSpec::database).isPresent()
                ? settings.withMetadata(new Metadata.Postgres(database(config, spec.get()
                        .database()
                        .orElseThrow())))
                : settings;
    }

    /**
     * Opens what is there already; a registry may serve it meanwhile.
     *
     * @throws CommandException when there is nothing
     */
    OpenStorage open(Console console, CommandSpec command) {
        LoadedConfig config = LoadedConfig.of(console, command);
        StorageSettings settings = settings(config, folder(config));
        if (settings.metadata() instanceof Metadata.Sqlite(var folder) && !Files.isRegularFile(
                folder.resolve(SqliteMetadata.FILE_NAME))) {
            throw new CommandException(ExitCode.FAILED, "cannot open registry storage " + folder
                    + ": no registry ever served it",
                    "name the folder that registry serve has with --storage");
        }
        return OpenStorage.of(settings);
    }

    /** Opens the log of what a command does there; closed by the caller. */
    CommandAudit audit(AuditOption option, LoadedConfig config) {
        return new CommandAudit(option.openBeside(config, folder(config)));
    }

    private S3Settings bucket(String text) {
        String name = text.replaceFirst("^s3://", "");
        int slash = name.indexOf('/');
        String prefix = slash < 0 ? "" : name.substring(slash + 1).replaceFirst("/*$", "/");
        S3Settings settings = S3Settings.of(slash < 0 ? name : name.substring(0, slash))
                .withPrefix(prefix.equals("/") ? "" : prefix)
                .withRegion(region);
        return endpoint == null ? settings : settings.withEndpoint(endpoint);
    }

    private static S3Settings bucket(LoadedConfig config, ServerStorageSpec.S3 spec) {
        S3Settings settings = new S3Settings(spec.bucket(), spec.prefix(), spec.region(), spec
                .endpoint()
                .orElse(null), spec.pathStyle(), null);
        return spec.keys()
                .map(keys -> settings.withLogin(new S3Login(config.secret("s3.access_key", keys
                        .access()), config.secret("s3.secret_key", keys.secret()))))
                .orElse(settings);
    }

    private static PostgresSettings database(LoadedConfig config,
            ServerStorageSpec.Database spec) {
        return new PostgresSettings(spec.url(), spec.username().orElse(""), spec.password()
                .map(reference -> config.secret("database.password", reference))
                .orElse(""), spec.connections());
    }
}
