/**
 * What the publisher states about its artifacts, in the form that it attaches and the manager checks.
 */
@NullMarked
package dev.chandlery.trust.publication;

import org.jspecify.annotations.NullMarked;
