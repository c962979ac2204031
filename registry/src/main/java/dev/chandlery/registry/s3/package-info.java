/**
 * Content by digest in S3 or anything that speaks its protocol, for any number of registry processes:
 * {@link dev.chandlery.registry.s3.S3BlobStorage}. What must be decided among processes, such as which
 * part of an upload comes next, is decided by the metadata, never by what lists of objects show.
 */
@NullMarked
package dev.chandlery.registry.s3;

import org.jspecify.annotations.NullMarked;
