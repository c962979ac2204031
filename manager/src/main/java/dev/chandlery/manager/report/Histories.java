package dev.chandlery.manager.report;

import java.util.Comparator;
import java.util.List;

/** Several histories as one. */
record Histories(List<RunHistory> all) implements RunHistory {

    Histories {
        all = List.copyOf(all);
    }

    @Override
    public List<Run> last(int most) {
        return all.stream()
                .flatMap(history -> history.last(most).stream())
                .sorted(Comparator.comparing(Run::started).reversed())
                .limit(most)
                .toList();
    }

    @Override
    public List<Due> next() {
        return all.stream()
                .flatMap(history -> history.next().stream())
                .sorted(Comparator.comparing(Due::at))
                .toList();
    }

    @Override
    public List<Incident> incidents() {
        return all.stream()
                .flatMap(history -> history.incidents().stream())
                .sorted(Comparator.comparing(Incident::since))
                .toList();
    }
}
