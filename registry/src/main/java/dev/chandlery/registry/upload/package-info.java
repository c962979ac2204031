/**
 * Upload sessions: durable, resumable, bound to a repository, one writer at a time.
 */
@NullMarked
package dev.chandlery.registry.upload;

import org.jspecify.annotations.NullMarked;
