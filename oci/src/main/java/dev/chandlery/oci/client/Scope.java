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
}
