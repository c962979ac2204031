package dev.chandlery.config;

import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.config.endpoint.MirrorSpec;
import dev.chandlery.config.endpoint.RegistriesSpec;
import dev.chandlery.config.endpoint.RepositorySpec;
import dev.chandlery.config.operation.AlertsSpec;
import dev.chandlery.config.operation.CacheSpec;
import dev.chandlery.config.operation.LoggingSpec;
import dev.chandlery.config.operation.MonitoringSpec;
import dev.chandlery.config.operation.OperationsSpec;
import dev.chandlery.config.operation.SchedulerSpec;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.security.SecuritySpec;
import dev.chandlery.config.security.SigningSpec;
import dev.chandlery.config.server.ServerSpec;
import dev.chandlery.config.tool.ToolSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole of registry.yaml, checked, with every default filled in.
 *
 * @param file it was read from, absolute
 * @param registries that are published to, copied to and read from
 * @param repositories groups of repositories by name
 * @param publishing tools, and how they are published
 * @param security what must be proven
 * @param signing how what is published is signed
 * @param operations how programs run
 * @param notices what the file asks for that is not yet supported
 */
public record ConfigSpec(Path file, RegistriesSpec registries,
        SortedMap<String, RepositorySpec> repositories,
        PublishingSpec publishing, SecuritySpec security, SigningSpec signing,
        OperationsSpec operations,
        List<Problem> notices) {

    public ConfigSpec {
        repositories = Collections.unmodifiableSortedMap(new TreeMap<>(repositories));
        notices = notices.stream().sorted().toList();
        for (ToolSpec tool : publishing.tools().values()) {
            if (!repositories.containsKey(tool.group())) {
                throw new IllegalArgumentException("tool " + tool.name() + " is in repository "
                        + tool.repository() + ", which is not declared");
            }
        }
    }

    /** The registry that is published to. */
    public EndpointSpec primaryRegistry() {
        return registries.primary();
    }

    /** Other registries, in order of preference. */
    public List<EndpointSpec> backupRegistries() {
        return registries.backups();
    }

    /** Copies that are kept up to date, by name. */
    public SortedMap<String, MirrorSpec> mirrors() {
        return registries.mirrors();
    }

    /** Tools that are published together, by name. */
    public SortedMap<String, BundleSpec> bundles() {
        return publishing.bundles();
    }

    /** The group of repositories that a bundle of this configuration is published in. */
    public RepositorySpec repositoryOf(BundleSpec bundle) {
        RepositorySpec repository = repositories.get(bundle.repository());
        if (repository == null) {
            throw new IllegalArgumentException("bundle of another configuration: " + bundle.name());
        }
        return repository;
    }

    public MonitoringSpec monitoring() {
        return operations.monitoring();
    }

    public CacheSpec cache() {
        return operations.cache();
    }

    public LoggingSpec logging() {
        return operations.logging();
    }

    public ServerSpec registryServer() {
        return operations.registryServer();
    }

    public SchedulerSpec scheduler() {
        return operations.service().scheduler();
    }

    public AlertsSpec alerts() {
        return operations.service().alerts();
    }

    /** The group of repositories that a tool of this configuration is published in. */
    public RepositorySpec repositoryOf(ToolSpec tool) {
        RepositorySpec group = repositories.get(tool.group());
        if (group == null) {
            throw new IllegalArgumentException("tool of another configuration: " + tool.name());
        }
        return tool.repository().equals(group.name())
                ? group
                : group.below(tool.repository().substring(group.name().length() + 1));
    }

    /** How old a release of the tool must be before it is published. */
    public Duration minimumReleaseAge(ToolSpec tool) {
        return tool.releases()
                .policy()
                .minimumReleaseAge()
                .orElse(publishing.minimumReleaseAge());
    }

    /** The lowest rung that the tool's downloads must reach: its own word, its repository's, or ours. */
    public Rung minimumTrust(ToolSpec tool) {
        return tool.minimumTrust()
                .or(() -> repositoryOf(tool).minimumTrust())
                .orElse(security.minimumTrust());
    }
}
