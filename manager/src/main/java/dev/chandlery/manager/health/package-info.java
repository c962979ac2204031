/** Whether registry and cache are well, by asking them. */
@NullMarked
package dev.chandlery.manager.health;

import org.jspecify.annotations.NullMarked;
