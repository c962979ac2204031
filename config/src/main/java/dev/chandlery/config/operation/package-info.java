/**
 * What registry.yaml says of running: {@code monitoring}, {@code cache}, {@code logging}, {@code scheduler}
 * and {@code alerts}.
 *
 * <p>Entry point: {@link dev.chandlery.config.operation.OperationsSpec}. Cron expressions are checked here, and
 * read by {@link dev.chandlery.config.operation.CronSpec}.
 */
@NullMarked
package dev.chandlery.config.operation;

import org.jspecify.annotations.NullMarked;
