/**
 * Evidence of what is published: SBOM, provenance and signatures, made of what was packed and attached to its
 * manifest. The same artifact has the same evidence, whoever makes it and when.
 */
@NullMarked
package dev.chandlery.publisher.attest;

import org.jspecify.annotations.NullMarked;
