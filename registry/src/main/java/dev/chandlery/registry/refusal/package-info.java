/**
 * Requests that are answered with an error on purpose:
 * {@link dev.chandlery.registry.refusal.RefusedException} carries code, status and message of the answer.
 */
@NullMarked
package dev.chandlery.registry.refusal;

import org.jspecify.annotations.NullMarked;
