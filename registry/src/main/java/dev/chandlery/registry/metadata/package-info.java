/**
 * What the registry knows besides bytes: membership, manifests, tags, referrers, upload sessions.
 * Interfaces and records only; {@link dev.chandlery.registry.sql} keeps them in SQL.
 */
@NullMarked
package dev.chandlery.registry.metadata;

import org.jspecify.annotations.NullMarked;
