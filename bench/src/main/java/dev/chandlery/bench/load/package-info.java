/** What is asked of the servers, one class for each kind of load. */
@NullMarked
package dev.chandlery.bench.load;

import org.jspecify.annotations.NullMarked;
