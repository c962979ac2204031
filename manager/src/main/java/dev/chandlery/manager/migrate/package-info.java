/** {@code manager migrate}: everything from one registry to another, and registry.yaml after it. */
@NullMarked
package dev.chandlery.manager.migrate;

import org.jspecify.annotations.NullMarked;
