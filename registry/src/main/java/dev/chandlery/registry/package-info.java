/**
 * The OCI registry: distribution-spec v1.1.1 over files or S3, and SQLite or PostgreSQL.
 *
 * <p>A request comes in by {@code http}, is matched in {@code route}, answered in {@code endpoint}; who may do what is
 * in {@code access}, what belongs to which repository in {@code metadata}, bytes in {@code blob} and {@code s3}.
 * {@code server} puts it together, {@code embedded} starts it inside other programs, {@code command} by itself.
 */
@NullMarked
package dev.chandlery.registry;

import org.jspecify.annotations.NullMarked;
