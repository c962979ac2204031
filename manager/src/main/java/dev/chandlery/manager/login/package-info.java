/** {@code manager login} and {@code manager logout}: logins where Docker's own client keeps them. */
@NullMarked
package dev.chandlery.manager.login;

import org.jspecify.annotations.NullMarked;
