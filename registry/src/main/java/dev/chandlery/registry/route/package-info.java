/**
 * From raw request targets to endpoints, and from failures to error answers.
 */
@NullMarked
package dev.chandlery.registry.route;

import org.jspecify.annotations.NullMarked;
