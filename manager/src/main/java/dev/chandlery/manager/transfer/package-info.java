/**
 * Copies between registries: what is selected, what a run is going to do, the run itself over the copy engine,
 * what is removed and checked afterwards, and the report.
 */
@NullMarked
package dev.chandlery.manager.transfer;

import org.jspecify.annotations.NullMarked;
