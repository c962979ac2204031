/** What is asked of everything that is published, and what it is signed with. */
@NullMarked
package dev.chandlery.config.security;

import org.jspecify.annotations.NullMarked;
