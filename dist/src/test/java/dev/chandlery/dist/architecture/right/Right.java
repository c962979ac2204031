package dev.chandlery.dist.architecture.right;

import dev.chandlery.dist.architecture.left.Left;
import java.util.List;

/** The other half. */
public record Right(List<Left> others) {}
