/** A client that costs little: HTTP/1.1 over plain sockets with kept connections. */
@NullMarked
package dev.chandlery.bench.wire;

import org.jspecify.annotations.NullMarked;
