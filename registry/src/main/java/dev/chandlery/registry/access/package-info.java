/**
 * Who may do what: every request passes one {@link dev.chandlery.registry.access.Authorizer}.
 */
@NullMarked
package dev.chandlery.registry.access;

import org.jspecify.annotations.NullMarked;
