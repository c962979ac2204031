/** Upstream's own software bills of materials: which files of a release they are, and in which format. */
@NullMarked
package dev.chandlery.upstream.sbom;

import org.jspecify.annotations.NullMarked;
