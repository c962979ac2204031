/**
 * Files that upstream changed after they were accepted: told, recorded in the registry, never followed unless
 * somebody accepts them and says why.
 */
@NullMarked
package dev.chandlery.publisher.drift;

import org.jspecify.annotations.NullMarked;
