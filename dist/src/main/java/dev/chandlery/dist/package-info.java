/**
 * The programs put together, at build time: {@link dev.chandlery.dist.Assembly} lays out the folder that is
 * run or shipped ({@code bin/}, {@code lib/}, {@code aot/}), {@link dev.chandlery.dist.Training} exercises a
 * program so that the JVM can record an AOT cache. Neither runs in the programs.
 */
@NullMarked
package dev.chandlery.dist;

import org.jspecify.annotations.NullMarked;
