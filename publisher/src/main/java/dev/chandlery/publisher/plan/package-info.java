/** What to publish: wanted state less actual state, as data; nothing here writes anywhere. */
@NullMarked
package dev.chandlery.publisher.plan;

import org.jspecify.annotations.NullMarked;
