/**
 * The program {@code registry}: serving, and upkeep of its storage beside a running server or without one.
 *
 * <p>Entry point: {@link dev.chandlery.registry.command.RegistryProgram}. The only package of the registry that knows
 * registry.yaml and options; all it finds there becomes settings of {@code server} and {@code collect}.
 */
@NullMarked
package dev.chandlery.registry.command;

import org.jspecify.annotations.NullMarked;
