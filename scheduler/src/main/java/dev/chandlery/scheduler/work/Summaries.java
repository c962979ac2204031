package dev.chandlery.scheduler.work;

import java.util.List;

/** Lists in a line. */
final class Summaries {
    private static final int MOST = 5;

    private Summaries() {}

    /** The first few, and how many more there are. */
    static String list(List<String> items) {
        String some = String.join("; ", items.stream().limit(MOST).toList());
        return items.size() <= MOST ? some : some + "; and " + (items.size() - MOST) + " more";
    }

    /** {@code 1 version}, {@code 2 versions}. */
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
