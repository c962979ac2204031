/** What commands keep in the cache folder between runs, safe for several of them at once. */
@NullMarked
package dev.chandlery.cli.state;

import org.jspecify.annotations.NullMarked;
