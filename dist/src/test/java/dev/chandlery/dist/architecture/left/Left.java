package dev.chandlery.dist.architecture.left;

import dev.chandlery.dist.architecture.right.Right;

/** Half of a cycle, for the rule to find. */
public record Left(Right other) {}
