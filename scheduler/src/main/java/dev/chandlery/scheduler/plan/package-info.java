/** When each job runs, as registry.yaml says. */
@NullMarked
package dev.chandlery.scheduler.plan;

import org.jspecify.annotations.NullMarked;
