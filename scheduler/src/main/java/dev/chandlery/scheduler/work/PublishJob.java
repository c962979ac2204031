package dev.chandlery.scheduler.work;

import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.oci.OciException;
import dev.chandlery.publisher.ItemOutcome;
import dev.chandlery.publisher.PublishReport;
import dev.chandlery.publisher.VersionOutcome;
import dev.chandlery.publisher.bundle.BundleOutcome;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.plan.Selection;
import dev.chandlery.publisher.run.PublishRun;
import dev.chandlery.scheduler.job.Finding;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Publishes all that registry.yaml wants and the registry lacks. */
record PublishJob(Workplace place) implements Job {
    private static final System.Logger LOG = System.getLogger(PublishJob.class.getName());

    @Override
    public Outcome run() {
        try (Session session = place.session();
                PublishRun run = PublishRun.open(session, false);
                Progress progress = Workplace.progress()) {
            PublishPlan plan = run.plan(Selection.everything());
            PublishReport report = run.apply(plan, place.config().publishing().parallelUploads(),
                    progress);
            count(run, report);
            return outcome(plan, report);
        }
    }

    private static void count(PublishRun run, PublishReport report) {
        try {
            run.count(report);
        } catch (OciException e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    private static Outcome outcome(PublishPlan plan, PublishReport report) {
        List<Finding> drifted = plan.drifted().stream().map(DriftJob::finding).toList();
        String done = Summaries.count(report.published(), "artifact") + " published, " + report
                .upToDate() + " up to date" + (report.built() == 0
                        ? ""
                        : ", " + Summaries.count(report.built(), "bundle") + " built");
        List<String> failures = failures(report);
        if (failures.isEmpty()) {
            return new Outcome(report.published() == 0 && report.built() == 0
                    ? Result.NOTHING_TO_DO
                    : Result.DONE, done,
                    drifted, Set.of());
        }
        return new Outcome(switch (report.exitCode()) {
            case PARTLY -> Result.PARTLY;
            case DONE -> Result.DONE;
            case FAILED, USAGE, INTERRUPTED -> Result.FAILED;
        }, done + ", " + report.failed() + " failed: " + Summaries.list(failures),
                drifted, Set.of());
    }

    private static List<String> failures(PublishReport report) {
        List<String> all = new ArrayList<>();
        report.failures()
                .forEach(failure -> all.add(failure.tool() + ": " + failure.cause().getMessage()));
        for (VersionOutcome version : report.versions()) {
            String name = version.tool() + " " + version.version();
            version.failure().ifPresent(cause -> all.add(name + ": " + cause.getMessage()));
            version.all(ItemOutcome.Failed.class)
                    .forEach(item -> all.add(name + " " + item.platform() + ": " + item.cause()
                            .getMessage()));
        }
        for (BundleOutcome bundle : report.bundles()) {
            if (bundle instanceof BundleOutcome.Failed failed) {
                all.add("bundle " + failed.bundle().name() + ": " + failed.cause().getMessage());
            }
        }
        return all;
    }
}
