package dev.chandlery.registry.access;

import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.NameRange;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client asks of the token endpoint, and what a short-lived token is good for.
 *
 * <p><b>Spec:</b> distribution's token scopes: {@code repository:NAME:ACTION,ACTION}, or
 * {@code registry:catalog:*}.
 *
 * @param type {@code repository} or {@code registry}
 * @param name of the repository, or {@code catalog}
 * @param actions in lower case, sorted; {@code *} stands for all
 */
record Scope(String type, String name, List<String> actions) {
    static final Scope CATALOG = new Scope("registry", "catalog", List.of("*"));
    private static final String REPOSITORY = "repository";
    private static final String ALL = "*";

    Scope {
        actions = actions.stream().distinct().sorted().toList();
    }

    /** The scope of that text; empty when we know no such thing, and so grant nothing for it. */
    static Optional<Scope> find(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        if (first < 1 || last <= first) {
            return Optional.empty();
        }
        String type = text.substring(0, first).replaceFirst("\\(plugin\\)$", "");
        Scope scope = new Scope(type, text.substring(first + 1, last), List.of(text.substring(last
                + 1).split(",", -1)));
        return scope.equals(CATALOG) || scope.repository().isPresent()
                ? Optional.of(scope)
                : Optional.empty();
    }

    Optional<RepositoryName> repository() {
        try {
            return type.equals(REPOSITORY)
                    ? Optional.of(new RepositoryName(name))
                    : Optional.empty();
        } catch (InvalidReferenceException _) {
            return Optional.empty();
        }
    }

    Set<Action> wanted() {
        Set<Action> wanted = EnumSet.noneOf(Action.class);
        for (String word : actions) {
            if (word.equals(ALL)) {
                wanted.addAll(EnumSet.allOf(Action.class));
            } else {
                Action.find(word).ifPresent(wanted::add);
            }
        }
        return wanted;
    }

    /** The part of it that these grants allow; empty when they allow none. */
    Optional<Scope> within(Grants grants) {
        return repository().flatMap(repository -> {
            List<String> allowed = new ArrayList<>(wanted().stream()
                    .filter(action -> grants.allow(repository, action))
                    .map(Action::label)
                    .toList());
            if (allowed.size() == Action.values().length && actions.contains(ALL)) {
                allowed.add(ALL);
            }
            return allowed.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Scope(type, name, allowed));
        });
    }

    /** What a token with these scopes is good for. */
    static Grants grants(List<Scope> scopes) {
        Map<String, Set<Action>> byName = scopes.stream()
                .filter(scope -> scope.type().equals(REPOSITORY))
                .collect(Collectors.toMap(Scope::name, Scope::wanted, (a, b) -> {
                    Set<Action> both = EnumSet.copyOf(a);
                    both.addAll(b);
                    return both;
                }));
        return new NamedGrants(byName);
    }

    private record NamedGrants(Map<String, Set<Action>> byName) implements Grants {
        @Override
        public boolean allow(RepositoryName repository, Action action) {
            return byName.getOrDefault(repository.value(), Set.of()).contains(action);
        }

        @Override
        public List<NameRange> reach(Action action) {
            return byName.keySet().stream().map(NameRange::of).toList();
        }
    }

    @Override
    public String toString() {
        return type + ":" + name + ":" + String.join(",", actions);
    }

    Map<String, Object> toClaim() {
        return Map.of("type", type, "name", name, "actions", actions);
    }

    /** @throws IllegalArgumentException when it is none */
    static Scope ofClaim(Map<?, ?> claim) {
        if (claim.get("type") instanceof String type && claim.get("name") instanceof String name
                && claim.get("actions") instanceof List<?> actions) {
            return new Scope(type, name, actions.stream().map(String::valueOf).toList());
        }
        throw new IllegalArgumentException("not an access claim");
    }
}
