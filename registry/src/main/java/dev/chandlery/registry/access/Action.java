package dev.chandlery.registry.access;

import java.util.Locale;
import java.util.Optional;

/** What a request wants to do to a repository, in the words of token scopes. */
public enum Action {
    PULL, PUSH, DELETE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The word in scopes. */
    public String label() {
        return label;
    }

    /** The action of that word, in lower case. */
    public static Optional<Action> find(String label) {
        for (Action action : values()) {
            if (action.label.equals(label)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
