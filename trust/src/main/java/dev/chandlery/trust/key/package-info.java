/**
 * Public and private keys of the formats that cosign, OpenSSL and the JDK write, and plain signatures by them.
 */
@NullMarked
package dev.chandlery.trust.key;

import org.jspecify.annotations.NullMarked;
