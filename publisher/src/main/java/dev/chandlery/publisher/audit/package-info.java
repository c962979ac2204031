/** What the publisher decided, written down: who published what, when, and on which proof. */
@NullMarked
package dev.chandlery.publisher.audit;

import org.jspecify.annotations.NullMarked;
