/** The local cache of blobs: what was pulled once is not fetched again. */
@NullMarked
package dev.chandlery.manager.cache;

import org.jspecify.annotations.NullMarked;
