/** An instance of sigstore in memory: authority, logs and time stamps, and clients that sign with it. */
@NullMarked
package dev.chandlery.testkit.sigstore;

import org.jspecify.annotations.NullMarked;
