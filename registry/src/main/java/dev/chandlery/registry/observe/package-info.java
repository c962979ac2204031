/**
 * What those who run a registry see of it: access log, audit log, metrics, and whether it is well.
 */
@NullMarked
package dev.chandlery.registry.observe;

import org.jspecify.annotations.NullMarked;
