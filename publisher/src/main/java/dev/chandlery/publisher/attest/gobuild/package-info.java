/** What Go's linker recorded in binaries: the version of Go, the program's module, and its dependencies. */
@NullMarked
package dev.chandlery.publisher.attest.gobuild;

import org.jspecify.annotations.NullMarked;
