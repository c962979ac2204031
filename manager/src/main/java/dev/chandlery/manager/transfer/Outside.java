package dev.chandlery.manager.transfer;

import dev.chandlery.oci.RegistryLocation;
import dev.chandlery.oci.content.Target;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place as its lists show it without another one that lies inside of it: who copies a registry into a
 * namespace of its own does not want the copies copied by the next run.
 *
 * @param place that is read
 * @param inner path of the other one, with a slash behind it
 */
record Outside(Place place, String inner) implements Place {
    private static final String PROBE = "x";

    /** The place itself where the other is elsewhere. */
    static Place of(Place place, Place other) {
        Optional<RegistryLocation> here = place.repository(PROBE).location();
        Optional<RegistryLocation> there = other.repository(PROBE).location();
        if (here.isEmpty() || there.isEmpty() || !here.get()
                .registry()
                .equals(there.get()
                        .registry())) {
            return place;
        }
        String own = namespace(here.get());
        String others = namespace(there.get());
        return others.startsWith(own) && others.length() > own.length()
                ? new Outside(place, others.substring(own.length()))
                : place;
    }

    private static String namespace(RegistryLocation location) {
        String name = location.repository().value();
        return name.substring(0, name.length() - PROBE.length());
    }

    @Override
    public String label() {
        return place.label();
    }

    @Override
    public Target repository(String path) {
        return place.repository(path);
    }

    @Override
    public Stream<String> paths() {
        return place.paths().filter(path -> !path.startsWith(inner));
    }

    @Override
    public void close() {
        place.close();
    }
}
