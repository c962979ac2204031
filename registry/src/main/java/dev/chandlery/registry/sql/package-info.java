/**
 * The metadata in SQLite by JDBI, HikariCP and Flyway. The statements are plain SQL that PostgreSQL
 * takes as well; only the migrations and the connection settings are SQLite's own.
 */
@NullMarked
package dev.chandlery.registry.sql;

import org.jspecify.annotations.NullMarked;
