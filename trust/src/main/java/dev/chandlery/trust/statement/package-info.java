/**
 * Signed statements: DSSE envelopes, in-toto statements and SLSA provenance.
 */
@NullMarked
package dev.chandlery.trust.statement;

import org.jspecify.annotations.NullMarked;
