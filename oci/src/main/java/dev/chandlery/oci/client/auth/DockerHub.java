package dev.chandlery.oci.client.auth;

import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.RepositoryName;
import java.util.Set;

/** The names of Docker Hub: users write {@code docker.io}, the service is elsewhere. */
public final class DockerHub {
    private static final Set<String> ALIASES = Set.of("docker.io", "index.docker.io",
            "registry-1.docker.io");
    private static final Registry SERVICE = new Registry("registry-1.docker.io", -1);

    private DockerHub() {}

    /** Whether the registry is called by one of its names. */
    public static boolean is(Registry registry) {
        return registry.port() == -1 && ALIASES.contains(registry.host());
    }

    /** Where requests are sent to. */
    public static Registry service(Registry registry) {
        return is(registry) ? SERVICE : registry;
    }

    /**
     * Official images live in {@code library/}.
     *
     * @throws InvalidReferenceException when the name is deeper than it can be there
     */
    public static RepositoryName repository(Registry registry, RepositoryName name) {
        if (!is(registry)) {
            return name;
        }
        if (name.value().indexOf('/') != name.value().lastIndexOf('/')) {
            throw new InvalidReferenceException("repository of " + registry, name.value(),
                    "expected two levels at most, such as acme/app");
        }
        return name.value().indexOf('/') < 0 ? new RepositoryName("library/" + name) : name;
    }
}
