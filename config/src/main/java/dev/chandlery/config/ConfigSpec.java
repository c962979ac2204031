package dev.chandlery.config;

import dev.chandlery.oci.RepositoryName;
import java.nio.file.Path;
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
 * @param operations how programs run
 * @param notices what the file asks for that is not yet supported
 */
public record ConfigSpec(Path file, RegistriesSpec registries,
        SortedMap<String, RepositorySpec> repositories,
        PublishingSpec publishing, SecuritySpec security, OperationsSpec operations,
        List<Problem> notices) {

    public ConfigSpec {
        repositories = Collections.unmodifiableSortedMap(new TreeMap<>(repositories));
        notices = notices.stream().sorted().toList();
        for (ToolSpec tool : publishing.tools().values()) {
            if (!repositories.containsKey(tool.repository())) {
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

    /** The group of repositories that a tool of this configuration is published in. */
    public RepositorySpec repositoryOf(ToolSpec tool) {
        RepositorySpec repository = repositories.get(tool.repository());
        if (repository == null) {
            throw new IllegalArgumentException("tool of another configuration: " + tool.name());
        }
        return repository;
    }

    /** The tool's repository in a registry, such as {@code acme/tools/protoc}. */
    public RepositoryName repositoryName(EndpointSpec endpoint, ToolSpec tool) {
        return endpoint.repository(repositoryOf(tool).path() + "/" + tool.name());
    }

    /** The lowest rung that the tool's downloads must reach. */
    public Rung minimumTrust(ToolSpec tool) {
        return tool.minimumTrust().orElse(security.minimumTrust());
    }
}
