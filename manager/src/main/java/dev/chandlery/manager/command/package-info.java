/** The commands of the manager, one class for each. */
@NullMarked
package dev.chandlery.manager.command;

import org.jspecify.annotations.NullMarked;
