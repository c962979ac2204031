package dev.chandlery.publisher.attest.gobuild;

import java.util.Optional;

/**
 * A module that is inside a binary.
 *
 * @param path such as {@code github.com/spf13/cobra}
 * @param version such as {@code v1.8.0}, or {@code (devel)}
 * @param sum as {@code go.sum} has it; absent for modules that were built from a folder
 */
public record GoModule(String path, String version, Optional<String> sum) {}
