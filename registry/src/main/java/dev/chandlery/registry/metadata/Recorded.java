package dev.chandlery.registry.metadata;

import java.time.Instant;

/** When and by whom something was recorded. */
public record Recorded(Instant at, String by) {}
