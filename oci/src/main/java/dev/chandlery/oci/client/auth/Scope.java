package dev.chandlery.oci.client.auth;

import dev.chandlery.oci.RepositoryName;
import java.util.ArrayList;
import java.util.List;

/**
 * What a token must allow, in the words of token servers: {@code repository:acme/app:pull,push}.
 *
 * @param values the most important first, as some servers honour only that one
 */
public record Scope(List<String> values) {
    private static final List<String> STEPS = List.of("pull", "pull,push", "delete,pull,push");

    /** For what needs no rights. */
    public static final Scope NONE = new Scope(List.of());
    /** To list all repositories. */
    public static final Scope CATALOG = new Scope(List.of("registry:catalog:*"));

    public Scope {
        values = List.copyOf(values);
    }

    /** To read. */
    public static Scope pull(RepositoryName name) {
        return new Scope(List.of("repository:" + name + ":pull"));
    }

    /** To read and write. */
    public static Scope push(RepositoryName name) {
        return new Scope(List.of("repository:" + name + ":pull,push"));
    }

    /** To remove, too. */
    public static Scope delete(RepositoryName name) {
        return new Scope(List.of("repository:" + name + ":delete,pull,push"));
    }

    /** Both of them, this one first. */
    public Scope and(Scope other) {
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
