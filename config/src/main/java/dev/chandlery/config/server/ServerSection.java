package dev.chandlery.config.server;

import dev.chandlery.config.server.ServerSpec.AccessLog;
import dev.chandlery.config.server.ServerUpkeepSpec.Collection;
import dev.chandlery.config.server.ServerUpkeepSpec.Quota;
import dev.chandlery.config.server.ServerUpkeepSpec.Retention;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.ChoiceType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.Values;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** {@code registry_server}. */
public final class ServerSection {
    private static final Key<ServerSpec, ServerListenSpec> LISTEN = Key.of("listen",
            ServerTexts.LISTEN, "HOST:PORT; port 0 is any free one", ServerSpec::listen)
            .or(new ServerListenSpec("127.0.0.1", 5000));
    private static final Key<ServerSpec, URI> PUBLIC_URL = Key.optional("public_url",
            ServerTexts.PUBLIC_URL,
            "how clients reach the registry; default: what each request was sent to",
            ServerSpec::publicUrl);
    private static final Key<ServerSpec, List<String>> PROXIES = Key.of("trusted_proxies", ListType
            .of(ServerTexts.NETWORK),
            "addresses of proxies that say in X-Forwarded-For, or else Forwarded, who asks",
            ServerSpec::trustedProxies).or(List.of());
    private static final Key<ServerSpec, ServerTlsSpec> TLS = Key.optional("tls",
            ServerTlsSection.SECTION, "certificate to encrypt with; default: plain HTTP",
            ServerSpec::tls);
    private static final Key<ServerSpec, Path> STORAGE = Key.optional("storage", Texts.FOLDER,
            "folder of content; default: storage of primary_registry", server -> server.storage()
                    .folder());
    private static final Key<ServerSpec, ServerStorageSpec.Database> DATABASE = Key.optional(
            "database", ServerStorageSections.DATABASE_SECTION,
            "PostgreSQL, which several servers may share; default: SQLite in the storage folder",
            ServerSpec::database);
    private static final Key<ServerSpec, ServerStorageSpec.S3> S3 = Key.optional("s3",
            ServerStorageSections.S3_SECTION,
            "bucket of blobs; default: files in the storage folder",
            ServerSpec::s3);
    private static final Key<ServerSpec, ServerAuthSpec> AUTH = Key.optional("auth",
            ServerAuthSection.SECTION, "who may do what; default: open, on loopback only",
            ServerSpec::auth);
    private static final Key<ServerSpec, ServerLimitsSpec> LIMITS = Key.of("limits",
            ServerLimitsSection.SECTION, "of what clients may ask for", ServerSpec::limits)
            .orGet(ServerLimitsSection.SECTION::defaults);
    private static final Key<ServerSpec, List<Quota>> QUOTAS = Key.of("quotas", ListType.of(
            ServerUpkeepSections.QUOTA),
            "how much a repository may hold; the first that matches it counts",
            ServerSpec::quotas).or(List.of());
    private static final Key<ServerSpec, Collection> COLLECTION = Key.of("collection",
            ServerUpkeepSections.COLLECTION, "removal of content that nothing names",
            ServerSpec::collection).orGet(ServerUpkeepSections.COLLECTION::defaults);
    private static final Key<ServerSpec, List<Retention>> RETENTION = Key.of("retention", ListType
            .of(ServerUpkeepSections.RETENTION),
            "which tagged manifests stay, applied after each collection; the first that matches a repository counts; default: all stay",
            ServerSpec::retention).or(List.of());
    private static final Key<ServerSpec, AccessLog> ACCESS_LOG = Key.of("access_log", ChoiceType
            .of(AccessLog.class), "how requests are logged", ServerSpec::accessLog)
            .or(AccessLog.TEXT);

    public static final Section<ServerSpec> SECTION = new Section<>(List.of(LISTEN, PUBLIC_URL,
            PROXIES,
            TLS,
            STORAGE, DATABASE, S3, AUTH, LIMITS, QUOTAS, COLLECTION, RETENTION, ACCESS_LOG),
            ServerSection::build);

    private ServerSection() {}

    private static ServerSpec build(Values values) {
        return new ServerSpec(new ServerSpec.Entrance(values.get(LISTEN), values.find(PUBLIC_URL),
                values.find(TLS), values.get(PROXIES)), new ServerStorageSpec(values.find(STORAGE),
                        values.find(DATABASE), values.find(S3)),
                values.find(AUTH), values.get(LIMITS), new ServerUpkeepSpec(values.get(QUOTAS),
                        values.get(COLLECTION), values.get(RETENTION)), values.get(ACCESS_LOG));
    }
}
