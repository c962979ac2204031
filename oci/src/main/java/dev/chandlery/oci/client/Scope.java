package dev.chandlery.oci.client;

import dev.chandlery.oci.RepositoryName;
import java.util.ArrayList;
import java.util.List;

/**
 * What a token must allow, in the words of token servers: {@code repository:acme/app:pull,push}.
 *
 * @param values the most important first, as some servers honour only that one
 */
record Scope(List<String> values) {
    private static final List<String> STEPS = List.of("pull", "pull,push", "delete,pull,push");

    static final Scope NONE = new Scope(List.of());
    static final Scope CATALOG = new Scope(List.of("registry:catalog:*"));

    Scope {
        values = List.copyOf(values);
    }

    static Scope pull(RepositoryName name) {
        return new Scope(List.of("repository:" + name + ":pull"));
    }

    static Scope push(RepositoryName name) {
        return new Scope(List.of("repository:" + name + ":pull,push"));
    }

    static Scope delete(RepositoryName name) {
        return new Scope(List.of("repository:" + name + ":delete,pull,push"));
    }

    Scope and(Scope other) {
        List<String> all = new ArrayList<>(values);
        other.values.stream().filter(v -> !all.contains(v)).forEach(all::add);
        return new Scope(all);
    }

    /** Those that allow this and more, narrowest first: a token for one of them will do. */
    List<Scope> wider() {
        if (values.size() != 1) {
            return List.of();
        }
        String value = values.getFirst();
        int actions = value.lastIndexOf(':') + 1;
        int step = STEPS.indexOf(value.substring(actions));
        return step < 0
                ? List.of()
                : STEPS.subList(step + 1, STEPS.size())
                        .stream()
                        .map(wider -> new Scope(List.of(value.substring(0, actions) + wider)))
                        .toList();
    }
}
