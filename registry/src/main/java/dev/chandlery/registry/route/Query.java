package dev.chandlery.registry.route;

import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parameters of a request target, decoded, in order. */
public final class Query {
    private static final int MAX_PARAMETERS = 64;
    private static final Query NONE = new Query(List.of());

    private record Parameter(String name, String value) {}

    private final List<Parameter> parameters;

    private Query(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /**
     * Reads what follows the question mark.
     *
     * @throws RefusedException 400 when it is malformed or has too many parameters
     */
    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return NONE;
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String part : raw.split("&", MAX_PARAMETERS + 1)) {
            if (parameters.size() == MAX_PARAMETERS) {
                throw new RefusedException(ErrorCode.UNSUPPORTED, 414,
                        "cannot read query: expected at most " + MAX_PARAMETERS + " parameters",
                        dev.chandlery.registry.http.HeaderFields.NONE);
            }
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                parameters.add(new Parameter(PercentCoding.decode(name),
                        PercentCoding.decode(value)));
            }
        }
        return new Query(parameters);
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return parameters.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .toList();
    }
}
