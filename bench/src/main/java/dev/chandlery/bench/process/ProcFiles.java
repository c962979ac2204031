package dev.chandlery.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells below {@code /proc}. A process that has ended used nothing. */
public final class ProcFiles {
    /** USER_HZ, which Linux fixes at 100 on all machines that a JDK 25 runs on. */
    private static final double TICKS_PER_SECOND = 100;
    private static final long KIB = 1024;
    /** Fields after the command's name, from 0: utime, stime, cutime, cstime are 11 to 14. */
    private static final int USER_TIME = 11;
    private static final int CHILDREN_TIMES = 2;

    private ProcFiles() {}

    /** CPU seconds of a process and of its children that have ended. */
    public static double cpuSeconds(long pid) {
        String line = read("/proc/" + pid + "/stat");
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length <= USER_TIME + CHILDREN_TIMES + 1) {
            return 0;
        }
        long ticks = 0;
        for (int i = USER_TIME; i < USER_TIME + 2 + CHILDREN_TIMES; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** CPU seconds of all children of this process that have ended, and of theirs. */
    public static double endedChildrenSeconds() {
        String line = read("/proc/self/stat");
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
        return (Long.parseLong(fields[USER_TIME + CHILDREN_TIMES]) + Long.parseLong(
                fields[USER_TIME + CHILDREN_TIMES + 1])) / TICKS_PER_SECOND;
    }

    /** Memory that these processes hold now, each counted whole; of a single one the most it ever held. */
    public static long residentBytes(List<Long> pids) {
        return pids.stream()
                .map(ProcFiles::memory)
                .mapToLong(m -> pids.size() == 1 ? m.peak() : m.resident())
                .sum();
    }

    static Memory memory(long pid) {
        List<String> lines = read("/proc/" + pid + "/status").lines().toList();
        return new Memory(bytes(lines, "VmRSS:"), bytes(lines, "RssAnon:"), bytes(lines,
                "VmHWM:"));
    }

    /** The first line of a file; empty when it cannot be read. */
    public static String line(String file) {
        return read(file).lines().findFirst().orElse("");
    }

    private static long bytes(List<String> lines, String field) {
        return lines.stream()
                .filter(l -> l.startsWith(field))
                .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")) * KIB)
                .findFirst()
                .orElse(0);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException _) {
            return "";
        }
    }
}
