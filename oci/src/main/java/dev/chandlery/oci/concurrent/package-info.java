/** Structured concurrency on virtual threads, until the platform's own is final. */
@NullMarked
package dev.chandlery.oci.concurrent;

import org.jspecify.annotations.NullMarked;
