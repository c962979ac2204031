/**
 * A registry whose every answer can be scripted, down to where the connection breaks: entry
 * {@link dev.chandlery.testkit.hostile.HostileRegistry}.
 */
@NullMarked
package dev.chandlery.testkit.hostile;

import org.jspecify.annotations.NullMarked;
