/** Downloads over HTTP, within what registry.yaml allows. */
@NullMarked
package dev.chandlery.upstream.fetch;

import org.jspecify.annotations.NullMarked;
