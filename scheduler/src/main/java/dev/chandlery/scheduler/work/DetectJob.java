package dev.chandlery.scheduler.work;

import dev.chandlery.cli.registry.Session;
import dev.chandlery.publisher.bundle.BundleForecast;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.plan.Selection;
import dev.chandlery.publisher.plan.VersionPlan;
import dev.chandlery.publisher.run.PublishRun;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import java.util.ArrayList;
import java.util.List;

/** What publishing would do now. */
record DetectJob(Workplace place) implements Job {

    @Override
    public Outcome run() {
        try (Session session = place.session();
                PublishRun run = PublishRun.open(session, true)) {
            return outcome(run.plan(Selection.everything()));
        }
    }

    private static Outcome outcome(PublishPlan plan) {
        List<String> pending = new ArrayList<>();
        plan.versions()
                .stream()
                .filter(VersionPlan::pending)
                .forEach(version -> pending.add(version.tool().name() + " " + version.version()));
        List<String> failures = new ArrayList<>();
        plan.failures()
                .forEach(failure -> failures.add(failure.tool() + ": " + failure.cause()
                        .getMessage()));
        for (BundleForecast bundle : plan.bundles()) {
            if (bundle.pending()) {
                pending.add("bundle " + bundle.bundle().name());
            } else if (bundle instanceof BundleForecast.Failed failed) {
                failures.add("bundle " + failed.bundle().name() + ": " + failed.cause()
                        .getMessage());
            }
        }
        String found = pending.isEmpty()
                ? "nothing new"
                : "new: " + Summaries.list(pending);
        if (failures.isEmpty()) {
            return Outcome.of(pending.isEmpty() ? Result.NOTHING_TO_DO : Result.DONE, found);
        }
        return Outcome.of(plan.versions().isEmpty() ? Result.FAILED : Result.PARTLY, found
                + "; failed: " + Summaries.list(failures));
    }
}
