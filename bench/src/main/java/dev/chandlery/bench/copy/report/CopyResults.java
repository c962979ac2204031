package dev.chandlery.bench.copy.report;

import dev.chandlery.bench.copy.client.CopyClient;
import dev.chandlery.bench.copy.client.CopyClient.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** All samples of a run, by case and client, both in the order in which they came. Not thread-safe. */
public final class CopyResults {
    private final Map<CopyCase, Map<String, List<CopySample>>> byCase = new LinkedHashMap<>();
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    public void add(CopyCase about, CopyClient client, CopySample sample) {
        roles.put(client.name(), client.role());
        byCase.computeIfAbsent(about, _ -> new LinkedHashMap<>())
                .computeIfAbsent(client.name(), _ -> new ArrayList<>())
                .add(sample);
    }

    /** Notes that a client could not do it. */
    public void fail(CopyCase about, CopyClient client, String why) {
        failures.add(client.name() + " (" + about + "): " + why);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    Map<CopyCase, Map<String, List<CopySample>>> byCase() {
        return byCase;
    }

    /** The median, empty when there is none. */
    OptionalDouble median(CopyCase about, String client, Figure figure) {
        List<CopySample> samples = byCase.getOrDefault(about, Map.of())
                .getOrDefault(client, List.of());
        return samples.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(figure.median(samples));
    }

    /** The least median among the clients of these roles, empty when there is none. */
    OptionalDouble best(CopyCase about, Set<Role> among, Figure figure) {
        return byCase.getOrDefault(about, Map.of())
                .entrySet()
                .stream()
                .filter(client -> among.contains(roles.get(client.getKey())))
                .mapToDouble(client -> figure.median(client.getValue()))
                .min();
    }
}
