/** Downloads and uploads of the very files that are published, with nothing else done to them. */
@NullMarked
package dev.chandlery.bench.publish.floor;

import org.jspecify.annotations.NullMarked;
