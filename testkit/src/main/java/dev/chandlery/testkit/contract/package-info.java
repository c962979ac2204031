/**
 * What every content store must hold, as JUnit interfaces: a test class implements
 * {@link dev.chandlery.testkit.contract.Subject#target} and those suites whose powers its store has.
 */
@NullMarked
package dev.chandlery.testkit.contract;

import org.jspecify.annotations.NullMarked;
