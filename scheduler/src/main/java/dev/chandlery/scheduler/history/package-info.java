/** Runs and incidents in SQL: SQLite in a file, or PostgreSQL. */
@NullMarked
package dev.chandlery.scheduler.history;

import org.jspecify.annotations.NullMarked;
