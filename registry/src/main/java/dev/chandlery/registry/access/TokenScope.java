package dev.chandlery.registry.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One scope of a long-lived token: {@code oci:repository:NAME:ACTIONS}, where the name is a
 * {@link RepositoryPattern} and the actions are {@code pull}, {@code push}, {@code delete}, several of them after
 * commas, or {@code *}; or {@code oci:registry:metrics}.
 */
public sealed interface TokenScope {
    /** About repositories. */
    record Repositories(RepositoryPattern pattern, Set<Action> actions) implements TokenScope {
        public Repositories {
            actions = Set.copyOf(actions);
        }

        @Override
        public String toString() {
            return "oci:repository:" + pattern + ":" + EnumSet.copyOf(actions)
                    .stream()
                    .map(Action::label)
                    .collect(Collectors.joining(","));
        }
    }

    /** To read metrics. */
    record Metrics() implements TokenScope {
        @Override
        public String toString() {
            return METRICS;
        }
    }

    String METRICS = "oci:registry:metrics";

    /**
     * Reads a scope.
     *
     * @throws IllegalArgumentException when it is none; the message tells what one looks like
     */
    static TokenScope parse(String text) {
        if (text.equals(METRICS)) {
            return new Metrics();
        }
        String[] parts = text.split(":", -1);
        if (parts.length != 4 || !parts[0].equals("oci") || !parts[1].equals("repository")) {
            throw new IllegalArgumentException("expected a scope such as oci:repository:team/**:"
                    + "pull,push or " + METRICS + ", got \"" + text + "\"");
        }
        return new Repositories(RepositoryPattern.parse(parts[2]), actions(parts[3]));
    }

    private static Set<Action> actions(String text) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (String word : text.split(",", -1)) {
            if (word.equals("*")) {
                actions.addAll(EnumSet.allOf(Action.class));
            } else {
                Optional<Action> action = Action.find(word);
                actions.add(action.orElseThrow(() -> new IllegalArgumentException(
                        "expected actions pull, push, delete or *, got \"" + word + "\"")));
            }
        }
        return actions;
    }

    /** What all of them allow together. */
    static Grants grants(List<TokenScope> scopes, boolean readOnly) {
        return new PatternGrants(scopes.stream()
                .filter(Repositories.class::isInstance)
                .map(Repositories.class::cast)
                .map(scope -> new PatternGrants.Part(scope.pattern(), readOnly
                        ? readOnly(scope.actions())
                        : scope.actions()))
                .toList());
    }

    private static Set<Action> readOnly(Set<Action> actions) {
        return actions.contains(Action.PULL) ? Set.of(Action.PULL) : Set.of();
    }
}
