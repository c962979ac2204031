/** Where tools come from, as registry.yaml tells it: GitHub, Maven repositories, npm, HTTP; and the templates of their names. */
@NullMarked
package dev.chandlery.config.source;

import org.jspecify.annotations.NullMarked;
