/**
 * From a release to artifacts in registries: one class for what is done with a platform, a version and the
 * backups, and the outcomes that a run reports.
 *
 * <p>Entry point: {@link dev.chandlery.publisher.Publisher}. What is to be done comes from {@code plan}; bytes are
 * laid out in {@code pack}, sent by {@code push}, vouched for by {@code attest}.
 */
@NullMarked
package dev.chandlery.publisher;

import org.jspecify.annotations.NullMarked;
