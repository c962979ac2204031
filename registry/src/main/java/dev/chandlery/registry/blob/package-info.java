/**
 * Content by digest on disk, without any notion of repositories: whether a repository may show
 * content is the metadata's answer, never this package's.
 */
@NullMarked
package dev.chandlery.registry.blob;

import org.jspecify.annotations.NullMarked;
