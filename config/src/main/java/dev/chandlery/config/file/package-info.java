/**
 * The keys of registry.yaml: each class declares one section, and is at once its reader, its form as shown,
 * and its schema.
 */
@NullMarked
package dev.chandlery.config.file;

import org.jspecify.annotations.NullMarked;
