/** Setup, health, versions, pull, cleanup. */
@NullMarked
package dev.chandlery.manager;

import org.jspecify.annotations.NullMarked;
