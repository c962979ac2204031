/** What proves that a download is what upstream released: the items of {@code verify}, and the rungs of the ladder of trust. */
@NullMarked
package dev.chandlery.config.proof;

import org.jspecify.annotations.NullMarked;
