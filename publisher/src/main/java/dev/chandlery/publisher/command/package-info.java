/** The command line of the publisher and what it prints. */
@NullMarked
package dev.chandlery.publisher.command;

import org.jspecify.annotations.NullMarked;
