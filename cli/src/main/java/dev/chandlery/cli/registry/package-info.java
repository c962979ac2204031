/**
 * The way from registry.yaml to its registry, and what lies there: connections, names of repositories and
 * tags, published versions.
 */
@NullMarked
package dev.chandlery.cli.registry;

import org.jspecify.annotations.NullMarked;
