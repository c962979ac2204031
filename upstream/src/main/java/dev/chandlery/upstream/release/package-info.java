/** Which of upstream's releases are wanted. */
@NullMarked
package dev.chandlery.upstream.release;

import org.jspecify.annotations.NullMarked;
