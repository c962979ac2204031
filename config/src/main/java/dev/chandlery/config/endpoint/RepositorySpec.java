package dev.chandlery.config.endpoint;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.security.SecuritySpec;

import dev.chandlery.oci.RepositoryName;
import java.util.Optional;

/**
 * A group of repositories, such as {@code tools}.
 *
 * @param name key in {@code repositories}
 * @param path under the registry's namespace
 * @param description empty when there is none
 * @param autoPublish whether a run over all tools includes this group
 * @param retentionDays age in days from which versions may be cleaned up, 0 to keep them for ever
 * @param layout of versions and platforms
 * @param minimumTrust lowest rung accepted of its tools; when empty, the one of {@link SecuritySpec}
 */
public record RepositorySpec(String name, String path, String description, boolean autoPublish,
        int retentionDays, RepositoryLayout layout, Optional<Rung> minimumTrust) {

    public RepositorySpec {
        new RepositoryName(path);
        if (retentionDays < 0) {
            throw new IllegalArgumentException("negative retention " + retentionDays + " days");
        }
    }

    /** The same rules for a folder in it, such as {@code go} of {@code plugins}. */
    public RepositorySpec below(String folder) {
        return new RepositorySpec(name + "/" + folder, path + "/" + folder, description,
                autoPublish, retentionDays, layout, minimumTrust);
    }
}
