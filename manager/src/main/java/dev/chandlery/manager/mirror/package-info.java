/** {@code manager mirror}: backup registries and mirrors of registry.yaml brought up to date. */
@NullMarked
package dev.chandlery.manager.mirror;

import org.jspecify.annotations.NullMarked;
