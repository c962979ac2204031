package dev.chandlery.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; holds all that is wrong with it, in the order of the file. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().sorted().map(Problem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a configuration failure without a problem");
        }
        this.problems = problems.stream().sorted().toList();
    }

    /** All problems, sorted by line. */
    public List<Problem> problems() {
        return problems;
    }
}
