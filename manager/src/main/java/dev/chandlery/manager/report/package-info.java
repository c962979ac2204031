/**
 * The state of everything on one page: health, tools, runs, incidents, cache and storage; as HTML, Markdown or
 * JSON. All that is written into a page was escaped: names of tools and messages come from elsewhere.
 */
@NullMarked
package dev.chandlery.manager.report;

import org.jspecify.annotations.NullMarked;
