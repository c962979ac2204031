/** Shows what an artifact is, whoever made it. Nothing is checked: {@code manager verify} does that. */
@NullMarked
package dev.chandlery.manager.inspect;

import org.jspecify.annotations.NullMarked;
