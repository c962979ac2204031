/**
 * What is asked for again and again, kept in memory: which manifest a tag or digest names in a repository,
 * and the bytes of manifests. What is kept is forgotten before the request that changes it is answered.
 */
@NullMarked
package dev.chandlery.registry.cache;

import org.jspecify.annotations.NullMarked;
