package dev.chandlery.config.endpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All registries of registry.yaml.
 *
 * @param primary that is published to
 * @param backups in order of preference
 * @param mirrors copies that are kept up to date, by name
 */
public record RegistriesSpec(EndpointSpec primary, List<EndpointSpec> backups,
        SortedMap<String, MirrorSpec> mirrors) {

    /** Names the primary registry where one of several is meant. */
    public static final String PRIMARY = "primary";

    public RegistriesSpec {
        backups = List.copyOf(backups);
        mirrors = Collections.unmodifiableSortedMap(new TreeMap<>(mirrors));
    }

    /**
     * The registry of that name: {@link #PRIMARY}, or a backup's url, host, or host and namespace.
     *
     * @throws IllegalArgumentException when several have it
     */
    public Optional<EndpointSpec> find(String name) {
        if (name.equals(PRIMARY)) {
            return Optional.of(primary);
        }
        List<EndpointSpec> found = backups.stream()
                .filter(b -> b.label().equals(name) || b.address().equals(name))
                .toList();
        if (found.isEmpty()) {
            found = backups.stream().filter(b -> isHostOf(name, b)).toList();
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(name + " may be any of " + String.join(", ", found
                    .stream()
                    .map(EndpointSpec::label)
                    .toList()));
        }
        return found.stream().findFirst();
    }

    /**
     * The registry at a mirror's end.
     *
     * @throws IllegalArgumentException when no registry, or several, have the name
     */
    public EndpointSpec endpoint(MirrorSpec.End end) {
        return switch (end) {
            case MirrorSpec.Own(EndpointSpec own) -> own;
            case MirrorSpec.Named(String name) -> find(name).orElseThrow(
                    () -> new IllegalArgumentException("no registry is called " + name
                            + ", expected one of " + String.join(", ", names())));
        };
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(List.of(PRIMARY));
        backups.forEach(backup -> names.add(backup.label()));
        return names;
    }

    private static boolean isHostOf(String name, EndpointSpec endpoint) {
        return endpoint.url().equals(name)
                || endpoint.registry().filter(r -> r.toString().equals(name)).isPresent();
    }
}
