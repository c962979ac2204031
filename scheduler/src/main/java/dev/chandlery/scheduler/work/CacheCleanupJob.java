package dev.chandlery.scheduler.work;

import dev.chandlery.cli.Sizes;
import dev.chandlery.manager.cache.CacheCleaner;
import dev.chandlery.manager.cache.CacheCleanup;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;

/** What {@code manager cleanup} does. */
record CacheCleanupJob(Workplace place) implements Job {

    @Override
    public Outcome run() {
        CacheCleanup cleanup = new CacheCleanup(place.config().cache());
        CacheCleaner.Plan plan = cleanup.plan(place.now());
        cleanup.apply(plan);
        return Outcome.of(plan.files().isEmpty() ? Result.NOTHING_TO_DO : Result.DONE, Summaries
                .count(plan.files().size(), "file") + " removed, " + Sizes.bytes(plan.bytes())
                + "; " + Sizes.bytes(plan.kept()) + " kept");
    }
}
