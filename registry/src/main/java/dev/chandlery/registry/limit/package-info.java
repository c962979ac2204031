/**
 * How much callers may ask, push and store.
 */
@NullMarked
package dev.chandlery.registry.limit;

import org.jspecify.annotations.NullMarked;
