/** Registries that registry.yaml names, the repositories in them, and mirrors. */
@NullMarked
package dev.chandlery.config.endpoint;

import org.jspecify.annotations.NullMarked;
