package dev.chandlery.config;

import dev.chandlery.oci.RepositoryName;

/**
 * A group of repositories, such as {@code tools}.
 *
 * @param name key in {@code repositories}
 * @param path under the registry's namespace
 * @param description empty when there is none
 * @param autoPublish whether a run over all tools includes this group
 * @param retentionDays age in days from which versions may be cleaned up, 0 to keep them for ever
 * @param layout of versions and platforms
 */
public record RepositorySpec(String name, String path, String description, boolean autoPublish,
        int retentionDays, RepositoryLayout layout) {

    public RepositorySpec {
        new RepositoryName(path);
        if (retentionDays < 0) {
            throw new IllegalArgumentException("negative retention " + retentionDays + " days");
        }
    }
}
