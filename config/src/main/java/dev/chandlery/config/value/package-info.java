/**
 * Types of values that sections of several packages have; for {@code dev.chandlery.config} and below, but for
 * {@link dev.chandlery.config.value.SecretReference}, which the programs resolve when they need the secret.
 */
@NullMarked
package dev.chandlery.config.value;

import org.jspecify.annotations.NullMarked;
