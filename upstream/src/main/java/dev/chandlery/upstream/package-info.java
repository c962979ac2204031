/** Where releases come from and whether a download is authentic. */
@NullMarked
package dev.chandlery.upstream;

import org.jspecify.annotations.NullMarked;
