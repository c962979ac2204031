/**
 * Sites that upstreams are, over real sockets on loopback: one that answers from a table, as APIs and package
 * registries do, one that serves files with flaws, and a GitHub with releases
 * ({@link dev.chandlery.testkit.upstream.FakeGithub}).
 */
@NullMarked
package dev.chandlery.testkit.upstream;

import org.jspecify.annotations.NullMarked;
