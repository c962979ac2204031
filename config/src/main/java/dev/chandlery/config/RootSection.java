package dev.chandlery.config;

import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.MapType;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The whole of registry.yaml. */
final class RootSection {
    private static final int MOST_PARALLEL = 64;

    private static final Key<PublishingSpec, Boolean> AUTO = Key.of("auto_publish",
            new BooleanType(), "whether scheduled runs publish, or only report",
            PublishingSpec::autoPublish).or(true).notYet(on -> !on);
    private static final Key<PublishingSpec, String> SCHEDULE = Key.of("schedule", TextType.of(
            Schedule::parse, text -> text), "cron expression of five fields, in UTC",
            PublishingSpec::schedule).or("0 6 * * 1").notYet(_ -> true);
    private static final Key<PublishingSpec, Integer> PARALLEL = Key.of("parallel_uploads",
            NumberType.whole(1, MOST_PARALLEL, "uploads"), "platforms that are published at a time",
            PublishingSpec::parallelUploads).or(4);
    private static final Key<PublishingSpec, Integer> RETRIES = Key.of("retry_attempts", NumberType
            .whole(0, 20, "attempts"), "how often a request is sent again",
            PublishingSpec::retryAttempts).or(3);
    private static final Key<PublishingSpec, Duration> TIMEOUT = Key.of("timeout_seconds",
            Numbers.seconds(1, 86_400), "longest time without progress",
            PublishingSpec::timeout).or(Duration.ofMinutes(10));
    private static final Key<PublishingSpec, SortedMap<String, ToolSpec>> TOOLS = Key.of(
            "tool_sources", new MapType<>(TextType.plain(), ToolSection.SECTION), "tools by name",
            PublishingSpec::tools).or(new TreeMap<>());
    private static final Section<PublishingSpec> PUBLISHING_SECTION = new Section<>(List.of(AUTO,
            SCHEDULE, PARALLEL, RETRIES, TIMEOUT, TOOLS), values -> new PublishingSpec(values.get(
                    AUTO), values.get(SCHEDULE), values.get(PARALLEL), values.get(RETRIES), values
                            .get(TIMEOUT), values.get(TOOLS)));

    private static final Key<ConfigSpec, EndpointSpec> PRIMARY = Key.required("primary_registry",
            EndpointSection.SECTION, "where tools are published to", ConfigSpec::primaryRegistry);
    private static final Key<ConfigSpec, List<EndpointSpec>> BACKUPS = Key.of("backup_registries",
            ListType.of(EndpointSection.SECTION), "other registries, the preferred one first",
            ConfigSpec::backupRegistries).or(List.of());
    private static final Key<ConfigSpec, SortedMap<String, MirrorSpec>> MIRRORS = Key.of("mirrors",
            MirrorSection.MIRRORS, "copies that are kept up to date, by name",
            ConfigSpec::mirrors).or(new TreeMap<>());
    private static final Key<ConfigSpec, SortedMap<String, RepositorySpec>> REPOSITORIES = Key.of(
            "repositories", new MapType<>(TextType.plain(), RepositorySection.SECTION),
            "groups of tools; default: one called tools", ConfigSpec::repositories);
    private static final Key<ConfigSpec, PublishingSpec> PUBLISHING = Key.of("publishing",
            PUBLISHING_SECTION, "tools, and how they are published",
            ConfigSpec::publishing).orGet(PUBLISHING_SECTION::defaults);
    private static final Key<ConfigSpec, SecuritySpec> SECURITY = Key.of("security",
            SecuritySection.SECTION, "what must be proven", ConfigSpec::security)
            .orGet(
                    SecuritySection.SECTION::defaults);
    private static final Key<ConfigSpec, MonitoringSpec> MONITORING = Key.of("monitoring",
            OperationSections.MONITORING, "health checks", ConfigSpec::monitoring)
            .orGet(
                    OperationSections.MONITORING::defaults);
    private static final Key<ConfigSpec, CacheSpec> CACHE = Key.of("cache", OperationSections.CACHE,
            "of downloads", ConfigSpec::cache).orGet(OperationSections.CACHE::defaults);
    private static final Key<ConfigSpec, LoggingSpec> LOGGING = Key.of("logging",
            OperationSections.LOGGING, "what programs log", ConfigSpec::logging)
            .orGet(
                    OperationSections.LOGGING::defaults);

    private static final Key<ConfigSpec, ServerSpec> SERVER = Key.of("registry_server",
            ServerSection.SECTION, "how registry serve runs", ConfigSpec::registryServer)
            .orGet(
                    ServerSection.SECTION::defaults);

    /** The whole file; its path and notices are for the loader to fill in. */
    static final Section<ConfigSpec> SECTION = new Section<>(List.of(PRIMARY, BACKUPS,
            MIRRORS, REPOSITORIES, PUBLISHING, SECURITY, MONITORING, CACHE, LOGGING, SERVER),
            RootSection::build);

    /** Key whose names tools refer to. */
    static final String GROUPS = "repositories";
    /** Group that is there when no other is written. */
    static final String DEFAULT_GROUP = "tools";

    private RootSection() {}

    private static ConfigSpec build(Values values) {
        EndpointSpec primary = values.find(PRIMARY)
                .orElseThrow(() -> values.invalid(
                        "primary_registry is missing: a mapping with url"));
        SortedMap<String, RepositorySpec> repositories = values.find(REPOSITORIES)
                .filter(groups -> !groups.isEmpty())
                .orElseGet(() -> new TreeMap<>(Map.of(DEFAULT_GROUP, RepositorySection.tools())));
        OperationsSpec operations = new OperationsSpec(values.get(MONITORING), values.get(CACHE),
                values.get(LOGGING), values.get(SERVER));
        RegistriesSpec registries = new RegistriesSpec(primary, values.get(BACKUPS), values.get(
                MIRRORS));
        try {
            MirrorSection.check(registries);
        } catch (IllegalArgumentException e) {
            throw values.invalid(MIRRORS, String.valueOf(e.getMessage()));
        }
        return new ConfigSpec(Path.of(""), registries, repositories, values.get(
                PUBLISHING), values.get(SECURITY), operations, List.of());
    }
}
