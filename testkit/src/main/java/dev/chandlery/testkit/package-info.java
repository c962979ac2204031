/** Contract suites, hostile servers, real registries for tests. */
@NullMarked
package dev.chandlery.testkit;

import org.jspecify.annotations.NullMarked;
