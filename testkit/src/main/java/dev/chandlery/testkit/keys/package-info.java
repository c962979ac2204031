/** Keys that upstreams sign with, made anew for each test. */
@NullMarked
package dev.chandlery.testkit.keys;

import org.jspecify.annotations.NullMarked;
