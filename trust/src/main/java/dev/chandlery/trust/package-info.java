/**
 * Keys, signatures and signed statements: checking what others made, and making our own. Nothing here asks
 * the network; callers bring bytes, keys and the time.
 */
@NullMarked
package dev.chandlery.trust;

import org.jspecify.annotations.NullMarked;
