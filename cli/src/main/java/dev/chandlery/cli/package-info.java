/**
 * What all commands share: options, output as text or JSON, progress, exit codes, error lines, logging,
 * and the way to the registry that registry.yaml names. Results go to standard output, all else to
 * standard error. Entry: {@link dev.chandlery.cli.Program}.
 */
@NullMarked
package dev.chandlery.cli;

import org.jspecify.annotations.NullMarked;
