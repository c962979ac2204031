/**
 * Changes of registry.yaml that keep its comments and its form.
 *
 * <p>Entry points: {@link dev.chandlery.config.edit.PrimaryRegistryEdit} and
 * {@link dev.chandlery.config.edit.ToolSourcesEdit}, which plan a change first and write it when asked. Failures are
 * {@link dev.chandlery.config.edit.ConfigEditException}.
 */
@NullMarked
package dev.chandlery.config.edit;

import org.jspecify.annotations.NullMarked;
