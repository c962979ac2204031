/**
 * The metadata in SQLite or PostgreSQL by JDBI, HikariCP and Flyway. The statements are the same for both;
 * {@link dev.chandlery.registry.sql.Dialect} has the few that are not.
 */
@NullMarked
package dev.chandlery.registry.sql;

import org.jspecify.annotations.NullMarked;
