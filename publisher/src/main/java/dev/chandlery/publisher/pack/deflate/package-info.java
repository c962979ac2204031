/** gzip whose bytes depend on its input alone: on no library, processor or version of Java. */
@NullMarked
package dev.chandlery.publisher.pack.deflate;

import org.jspecify.annotations.NullMarked;
