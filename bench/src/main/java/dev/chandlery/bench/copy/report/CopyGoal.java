package dev.chandlery.bench.copy.report;

import dev.chandlery.bench.copy.client.CopyClient.Role;
import dev.chandlery.bench.copy.client.CopyTask.State;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What our copies are to reach: at most a part of another client's figure.
 *
 * @param reached the part; empty when what it needs was not measured
 */
record CopyGoal(String what, double bound, OptionalDouble reached) {
    private static final Set<Role> ONE = Set.of(Role.ONE_PROCESS);
    private static final Set<Role> ANY = Set.of(Role.ONE_PROCESS, Role.MANY_PROCESSES);
    private static final Set<Role> FLOOR = Set.of(Role.FLOOR);
    private static final double OF_ONE = 0.7;
    private static final double OF_FLOOR = 1.5;
    private static final double NOTHING_OF_ONE = 0.5;
    private static final double REQUESTS_OF_FLOOR = 1.1;
    private static final double CPU_OF_BEST = 1.5;

    boolean met() {
        return reached.isPresent() && reached.getAsDouble() <= bound;
    }

    /** All whose figures there are, for our client of that name. */
    static List<CopyGoal> of(CopyResults results, String ours, String parallel) {
        List<CopyGoal> goals = new ArrayList<>();
        for (CopyCase about : results.byCase().keySet()) {
            List<CopyGoal> more = about.roundTripMillis() == 0
                    ? near(results, about, ours)
                    : far(results, about, ours, parallel);
            more.stream().filter(goal -> goal.reached.isPresent()).forEach(goals::add);
        }
        return goals;
    }

    private static List<CopyGoal> far(CopyResults results, CopyCase about, String ours,
            String parallel) {
        String what = about + ": ";
        CopyGoal requests = new CopyGoal(what + "requests, of the floor's", REQUESTS_OF_FLOOR,
                part(results.median(about, ours, Figure.REQUESTS), results.best(about, FLOOR,
                        Figure.REQUESTS)));
        OptionalDouble wall = results.median(about, ours, Figure.WALL);
        OptionalDouble ofOne = part(wall, results.best(about, ONE, Figure.WALL));
        return switch (about.state()) {
            case EMPTY -> List.of(new CopyGoal(what + "wall, of the best single process", OF_ONE,
                    ofOne), new CopyGoal(what + "wall, of " + parallel, 1, part(wall, results
                            .median(about, parallel, Figure.WALL))), new CopyGoal(what
                                    + "wall, of the floor", OF_FLOOR, part(wall, results.best(
                                            about, FLOOR, Figure.WALL))), requests);
            case SAME -> List.of(new CopyGoal(what + "wall, of the best single process",
                    NOTHING_OF_ONE, ofOne), requests);
            case ONE_CHANGED -> List.of(requests);
        };
    }

    private static List<CopyGoal> near(CopyResults results, CopyCase about, String ours) {
        if (about.state() != State.EMPTY) {
            return List.of();
        }
        return List.of(new CopyGoal(about + ": wall, of the best peer", 1, part(results.median(
                about, ours, Figure.WALL), results.best(about, ANY, Figure.WALL))),
                new CopyGoal(about + ": CPU s/GB, of the best peer", CPU_OF_BEST, part(results
                        .median(about, ours, Figure.CPU_PER_GIGABYTE), results.best(about, ANY,
                                Figure.CPU_PER_GIGABYTE))));
    }

    private static OptionalDouble part(OptionalDouble ours, OptionalDouble theirs) {
        return ours.isEmpty() || theirs.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(ours.getAsDouble() / theirs.getAsDouble());
    }
}
