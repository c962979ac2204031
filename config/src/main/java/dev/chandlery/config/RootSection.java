package dev.chandlery.config;

import dev.chandlery.config.endpoint.EndpointSection;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.config.endpoint.MirrorSection;
import dev.chandlery.config.endpoint.MirrorSpec;
import dev.chandlery.config.endpoint.RegistriesSpec;
import dev.chandlery.config.endpoint.RepositorySection;
import dev.chandlery.config.endpoint.RepositorySpec;
import dev.chandlery.config.operation.AlertsSection;
import dev.chandlery.config.operation.AlertsSpec;
import dev.chandlery.config.operation.CacheSpec;
import dev.chandlery.config.operation.LoggingSpec;
import dev.chandlery.config.operation.MonitoringSpec;
import dev.chandlery.config.operation.OperationSections;
import dev.chandlery.config.operation.OperationsSpec;
import dev.chandlery.config.operation.Schedule;
import dev.chandlery.config.operation.SchedulerSection;
import dev.chandlery.config.operation.SchedulerSpec;
import dev.chandlery.config.security.SecuritySection;
import dev.chandlery.config.security.SecuritySpec;
import dev.chandlery.config.security.SigningSection;
import dev.chandlery.config.security.SigningSpec;
import dev.chandlery.config.server.ServerSection;
import dev.chandlery.config.server.ServerSpec;
import dev.chandlery.config.tool.ToolSection;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.config.value.Numbers;
import dev.chandlery.config.value.Texts;
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
            PublishingSpec::autoPublish).or(true);
    private static final Key<PublishingSpec, String> SCHEDULE = Key.of("schedule", TextType.of(
            Schedule::parse, text -> text), "cron expression of five fields, in UTC",
            PublishingSpec::schedule).or("0 6 * * 1");
    private static final Key<PublishingSpec, Integer> PARALLEL = Key.of("parallel_uploads",
            NumberType.whole(1, MOST_PARALLEL, "uploads"), "platforms that are published at a time",
            PublishingSpec::parallelUploads).or(4);
    private static final Key<PublishingSpec, Integer> RETRIES = Key.of("retry_attempts", NumberType
            .whole(0, 20, "attempts"), "how often a request is sent again",
            PublishingSpec::retryAttempts).or(3);
    private static final Key<PublishingSpec, Duration> TIMEOUT = Key.of("timeout_seconds",
            Numbers.seconds(1, 86_400), "longest time without progress",
            PublishingSpec::timeout).or(Duration.ofMinutes(10));
    private static final Key<PublishingSpec, Duration> AGE = Key.of("minimum_release_age",
            Texts.AGE, "younger releases wait, of tools that do not say their own",
            PublishingSpec::minimumReleaseAge).or(Duration.ZERO);
    private static final Key<PublishingSpec, SortedMap<String, ToolSpec>> TOOLS = Key.of(
            "tool_sources", new MapType<>(TextType.plain(), ToolSection.SECTION), "tools by name",
            PublishingSpec::tools).or(new TreeMap<>());
    private static final Section<PublishingSpec> PUBLISHING_SECTION = new Section<>(List.of(AUTO,
            SCHEDULE, PARALLEL, RETRIES, TIMEOUT, AGE, TOOLS), values -> new PublishingSpec(values
                    .get(AUTO), values.get(SCHEDULE), values.get(PARALLEL), values.get(RETRIES),
                    values.get(TIMEOUT), values.get(AGE), values.get(TOOLS), new TreeMap<>()));

    private static final Key<ConfigSpec, EndpointSpec> PRIMARY = Key.of("primary_registry",
            EndpointSection.SECTION,
            "where tools are published to; embedded if there is registry_server only",
            ConfigSpec::primaryRegistry);
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
    private static final Key<ConfigSpec, SortedMap<String, BundleSpec>> BUNDLES = Key.of("bundles",
            BundleSection.BUNDLES, "tools that are published together as one image, by name",
            ConfigSpec::bundles).or(new TreeMap<>());
    private static final Key<ConfigSpec, SecuritySpec> SECURITY = Key.of("security",
            SecuritySection.SECTION, "what must be proven", ConfigSpec::security)
            .orGet(
                    SecuritySection.SECTION::defaults);
    private static final Key<ConfigSpec, SigningSpec> SIGNING = Key.of("signing",
            SigningSection.SECTION, "keys that sign what is published", ConfigSpec::signing)
            .orGet(
                    SigningSection.SECTION::defaults);
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
    private static final Key<ConfigSpec, SchedulerSpec> SCHEDULER = Key.of("scheduler",
            SchedulerSection.SECTION, "what runs by itself, and when", ConfigSpec::scheduler)
            .orGet(SchedulerSection.SECTION::defaults);
    private static final Key<ConfigSpec, AlertsSpec> ALERTS = Key.of("alerts",
            AlertsSection.SECTION, "who is told of failures, with alert_on_failure of monitoring",
            ConfigSpec::alerts).orGet(AlertsSection.SECTION::defaults);

    /** The whole file; its path and notices are for the loader to fill in. */
    static final Section<ConfigSpec> SECTION = new Section<>(List.of(PRIMARY, BACKUPS,
            MIRRORS, REPOSITORIES, PUBLISHING, BUNDLES, SECURITY, SIGNING, MONITORING, CACHE,
            LOGGING,
            SERVER, SCHEDULER, ALERTS),
            RootSection::build);

    /** One of these must be there: where to publish to, or how to serve. */
    static final List<String> NEEDED = List.of(PRIMARY.name(), SERVER.name());

    /** Key whose names tools refer to. */
    static final String GROUPS = "repositories";
    /** Group that is there when no other is written. */
    static final String DEFAULT_GROUP = "tools";

    private RootSection() {}

    private static SecuritySpec security(Values values) {
        SecuritySpec security = values.get(SECURITY);
        if (security.checks().signatureVerification() && !values.get(SIGNING).canVerify()) {
            throw values.invalid(SECURITY,
                    "signature_verification needs keys: name them in signing.public_keys");
        }
        return security;
    }

    /** With bundles, whose usual group is there without being written. */
    private static PublishingSpec publishing(Values values,
            SortedMap<String, RepositorySpec> repositories) {
        PublishingSpec publishing = values.get(PUBLISHING).with(values.get(BUNDLES));
        if (publishing.bundles()
                .values()
                .stream()
                .anyMatch(bundle -> bundle.repository()
                        .equals(BundleSection.GROUP))) {
            repositories.putIfAbsent(BundleSection.GROUP, BundleSection.group());
        }
        try {
            BundleSection.check(publishing.bundles(), publishing.tools(), repositories);
        } catch (IllegalArgumentException e) {
            throw values.invalid(BUNDLES, String.valueOf(e.getMessage()));
        }
        return publishing;
    }

    private static ConfigSpec build(Values values) {
        EndpointSpec primary = values.find(PRIMARY)
                .or(() -> values.find(SERVER)
                        .map(server -> EndpointSection.embedded(server, values.reading())))
                .orElseThrow(() -> values.invalid(
                        "primary_registry is missing: a mapping with url"));
        SortedMap<String, RepositorySpec> repositories = values.find(REPOSITORIES)
                .filter(groups -> !groups.isEmpty())
                .orElseGet(() -> new TreeMap<>(Map.of(DEFAULT_GROUP, RepositorySection.tools())));
        PublishingSpec publishing = publishing(values, repositories);
        OperationsSpec operations = new OperationsSpec(values.get(MONITORING), values.get(CACHE),
                values.get(LOGGING), values.get(SERVER), new OperationsSpec.Service(values.get(
                        SCHEDULER), values.get(ALERTS)));
        RegistriesSpec registries = new RegistriesSpec(primary, values.get(BACKUPS), values.get(
                MIRRORS));
        try {
            MirrorSection.check(registries);
        } catch (IllegalArgumentException e) {
            throw values.invalid(MIRRORS, String.valueOf(e.getMessage()));
        }
        return new ConfigSpec(Path.of(""), registries, repositories, publishing,
                security(values), values.get(SIGNING), operations, List.of());
    }
}
