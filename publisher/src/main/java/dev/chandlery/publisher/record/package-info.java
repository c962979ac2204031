/** Records of what happened, kept in the registry beside what they are about, for every node and run to see. */
@NullMarked
package dev.chandlery.publisher.record;

import org.jspecify.annotations.NullMarked;
