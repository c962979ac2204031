/**
 * One class per endpoint of the distribution specification.
 */
@NullMarked
package dev.chandlery.registry.endpoint;

import org.jspecify.annotations.NullMarked;
