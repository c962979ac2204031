/**
 * Tools that are npm packages, one for each platform, from the registry that the user's npm client uses. Files
 * are fetched; no package is installed and no script of one ever runs.
 */
@NullMarked
package dev.chandlery.upstream.npm;

import org.jspecify.annotations.NullMarked;
