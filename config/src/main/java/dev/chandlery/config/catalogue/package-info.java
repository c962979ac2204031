/** Projects that need no more than their name in registry.yaml, and the keys that they sign with. */
@NullMarked
package dev.chandlery.config.catalogue;

import org.jspecify.annotations.NullMarked;
