/** Servers as processes of their own, and what the system tells of their use of it (Linux only). */
@NullMarked
package dev.chandlery.bench.process;

import org.jspecify.annotations.NullMarked;
