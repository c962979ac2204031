/**
 * Content on its way into a closed network: out of a registry into an OCI layout, in a folder or a tar, and from
 * there into another registry.
 */
@NullMarked
package dev.chandlery.manager.airgap;

import org.jspecify.annotations.NullMarked;
