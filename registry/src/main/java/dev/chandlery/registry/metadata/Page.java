package dev.chandlery.registry.metadata;

/**
 * A part of a sorted list.
 *
 * @param after only what sorts after this text by bytes; empty to begin
 * @param limit at most that many
 */
public record Page(String after, int limit) {}
