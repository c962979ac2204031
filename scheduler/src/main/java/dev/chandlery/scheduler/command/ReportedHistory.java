package dev.chandlery.scheduler.command;

import dev.chandlery.cli.registry.Session;
import dev.chandlery.manager.report.RunHistory;
import dev.chandlery.scheduler.history.RunFilter;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.history.Store;
import dev.chandlery.scheduler.plan.JobPlans;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code manager report} tells of the scheduler: the store is opened for each question.
 *
 * @param session of the report
 */
public record ReportedHistory(Session session) implements RunHistory {

    /** Found by the report; there is a history once something has run. */
    public static final class Finder implements Provider {
        @Override
        public Optional<RunHistory> find(Session session) {
            boolean begun = session.config().scheduler().store().database().isPresent() || Store
                    .isBegun(session.config());
            return begun ? Optional.of(new ReportedHistory(session)) : Optional.empty();
        }
    }

    @Override
    public List<Run> last(int most) {
        try (Store store = open()) {
            return store.history()
                    .runs(RunFilter.latest(Math.clamp(most, 1, RunFilter.MOST)))
                    .stream()
                    .map(run -> new Run(run.job().toString(), run.times().started(), run.result()
                            .label(), run.duration(), run.summary()))
                    .toList();
        }
    }

    @Override
    public List<Due> next() {
        Instant now = Node.clock().instant();
        try (Store store = open()) {
            return JobPlans.of(session.config())
                    .stream()
                    .flatMap(plan -> plan.timing()
                            .flatMap(timing -> timing.next(now, store.history()
                                    .lastConclusive(plan.name())
                                    .map(RunRecord::times)
                                    .map(RunRecord.Times::started)))
                            .map(at -> new Due(plan.name().toString(), at))
                            .stream())
                    .sorted(Comparator.comparing(Due::at))
                    .toList();
        }
    }

    @Override
    public List<RunHistory.Incident> incidents() {
        try (Store store = open()) {
            return store.incidents()
                    .incidents(true, RunFilter.MOST)
                    .stream()
                    .sorted(Comparator.comparing(dev.chandlery.scheduler.history.Incident::opened))
                    .map(each -> new RunHistory.Incident(each.finding().kind().label(), each
                            .finding()
                            .subject(), each.opened(), each.finding().text()))
                    .toList();
        }
    }

    private Store open() {
        return Store.open(session.config(), Wiring.secrets(session.config(), session
                .environment()));
    }
}
