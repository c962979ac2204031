/** The publisher beside the two things that it cannot be faster than: downloading and uploading alone. */
@NullMarked
package dev.chandlery.bench.publish;

import org.jspecify.annotations.NullMarked;
