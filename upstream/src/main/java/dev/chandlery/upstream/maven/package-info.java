/**
 * Maven repositories as the user's own Maven sees them: settings.xml with its mirrors, proxies and servers,
 * and the default repository of Maven's own model. Files are read by Resolver's transport; nothing goes
 * through, or into, the local repository.
 */
@NullMarked
package dev.chandlery.upstream.maven;

import org.jspecify.annotations.NullMarked;
