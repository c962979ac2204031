/**
 * Keeps storage in order while the registry answers: takes away what nobody needs
 * ({@link dev.chandlery.registry.collect.GarbageCollector}). All of it works on the records of
 * {@link dev.chandlery.registry.metadata.Upkeep} and on storage, so that it runs inside a registry, beside
 * one, or alone.
 */
@NullMarked
package dev.chandlery.registry.collect;

import org.jspecify.annotations.NullMarked;
