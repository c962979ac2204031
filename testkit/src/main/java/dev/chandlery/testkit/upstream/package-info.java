/**
 * Sites that upstreams are, over real sockets on loopback: one that answers from a table, as APIs and package
 * registries do, and one that serves files with flaws.
 */
@NullMarked
package dev.chandlery.testkit.upstream;

import org.jspecify.annotations.NullMarked;
