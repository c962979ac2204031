/** HTTP servers without a registry behind them, for the choice of one. */
@NullMarked
package dev.chandlery.bench.servers;

import org.jspecify.annotations.NullMarked;
