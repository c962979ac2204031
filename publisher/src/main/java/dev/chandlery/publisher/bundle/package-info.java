/**
 * Builds bundles: images of several tools, over the tools' own layers. Entry types:
 * {@link dev.chandlery.publisher.bundle.BundlePlanner}, {@link dev.chandlery.publisher.bundle.BundlePublisher}.
 */
@NullMarked
package dev.chandlery.publisher.bundle;

import org.jspecify.annotations.NullMarked;
