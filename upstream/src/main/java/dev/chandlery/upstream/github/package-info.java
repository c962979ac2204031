/** Tools that are assets of GitHub releases. */
@NullMarked
package dev.chandlery.upstream.github;

import org.jspecify.annotations.NullMarked;
