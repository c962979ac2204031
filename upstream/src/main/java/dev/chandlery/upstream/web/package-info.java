/** Tools that are files of a web site, at addresses with the version and platform in them. */
@NullMarked
package dev.chandlery.upstream.web;

import org.jspecify.annotations.NullMarked;
