/** A tool in registry.yaml: which of its releases, for which platforms, packed how. */
@NullMarked
package dev.chandlery.config.tool;

import org.jspecify.annotations.NullMarked;
