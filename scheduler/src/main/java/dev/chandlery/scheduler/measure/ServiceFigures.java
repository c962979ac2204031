package dev.chandlery.scheduler.measure;

import dev.chandlery.cli.metrics.Metric;
import dev.chandlery.cli.metrics.Metrics;
import dev.chandlery.config.operation.JobSpec.Misfire;
import dev.chandlery.oci.OciException;
import dev.chandlery.scheduler.history.Incident;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.history.Store;
import dev.chandlery.scheduler.job.Finding;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.plan.JobPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Figures of a scheduler that are asked of its history: open incidents, when jobs are due, when they were done. */
public final class ServiceFigures {
    private static final System.Logger LOG = System.getLogger(ServiceFigures.class.getName());
    private static final int MOST_INCIDENTS = 10_000;
    private static final List<Result> FAILURES = Arrays.stream(Result.values())
            .filter(Result::isFailure)
            .toList();

    private final Metrics metrics;
    private final Store store;
    private final Supplier<List<JobPlan>> plans;
    private final InstantSource clock;
    private final Instant begun;
    private final Set<String> due = ConcurrentHashMap.newKeySet();

    public ServiceFigures(Metrics metrics, Store store, Supplier<List<JobPlan>> plans,
            InstantSource clock) {
        this.metrics = metrics;
        this.store = store;
        this.plans = plans;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** Measures them now. */
    public void measure() {
        try {
            count(store.incidents().incidents(true, MOST_INCIDENTS));
            List<JobPlan> all = plans.get();
            all.forEach(plan -> FAILURES.forEach(result -> metrics.expect(Metric.JOBS, plan.name()
                    .toString(), result.label())));
            all.forEach(this::measure);
            forget(all);
        } catch (OciException e) {
            // The other figures are worth having all the more when the history is away.
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    private void count(List<Incident> open) {
        Map<Finding.Kind, Integer> counts = new EnumMap<>(Finding.Kind.class);
        open.forEach(incident -> counts.merge(incident.finding().kind(), 1, Integer::sum));
        for (Finding.Kind kind : Finding.Kind.values()) {
            metrics.set(Metric.INCIDENTS, counts.getOrDefault(kind, 0), kind.label());
        }
    }

    private void measure(JobPlan plan) {
        String name = plan.name().toString();
        Optional<RunRecord> last = store.history().lastConclusive(plan.name());
        last.filter(run -> run.result() == Result.DONE || run.result() == Result.NOTHING_TO_DO)
                .flatMap(run -> run.times().ended())
                .ifPresent(at -> metrics.set(Metric.JOB_LAST_SUCCESS, (double) at.getEpochSecond(),
                        name));
        due(plan, last).ifPresent(at -> {
            due.add(name);
            metrics.set(Metric.JOB_NEXT, (double) at.getEpochSecond(), name);
        });
    }

    /** In the past when it should have run: that is what an alert rule looks for. */
    private Optional<Instant> due(JobPlan plan, Optional<RunRecord> last) {
        Instant now = clock.instant();
        Instant since = last.map(run -> plan.misfire() == Misfire.SKIP
                ? run.times().ended().orElse(run.times().started())
                : run.times().started())
                .filter(at -> at.isAfter(begun) && !at.isAfter(now))
                .orElse(begun);
        return plan.timing()
                .flatMap(timing -> timing.next(since, Optional.of(since)))
                .map(at -> at.plus(plan.jitter()));
    }

    /** A job that is not planned any more is due never, as Prometheus has it. */
    private void forget(List<JobPlan> all) {
        Set<String> gone = new HashSet<>(due);
        all.stream()
                .filter(plan -> plan.timing().isPresent())
                .forEach(plan -> gone.remove(plan.name().toString()));
        gone.forEach(name -> metrics.set(Metric.JOB_NEXT, Double.NaN, name));
    }
}
