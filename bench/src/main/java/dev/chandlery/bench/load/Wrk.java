package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Site;
import dev.chandlery.bench.process.Tool;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator wrk, which takes less of the machine than a client in Java. */
record Wrk(Tool tool) {
    private static final int THREADS = 2;
    private static final Pattern TOTAL = Pattern.compile(
            "(\\d+) requests in ([0-9.]+)(us|ms|s|m), ([0-9.]+)(B|KB|MB|GB|TB) read");
    private static final Pattern MEDIAN = Pattern.compile("50%\\s+([0-9.]+)(us|ms|s|m)");
    private static final Pattern SLOW = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s|m)");
    private static final double MILLIS = 1000;

    static Optional<Wrk> find() {
        return Tool.find("wrk").map(Wrk::new);
    }

    Work get(Site site, String repository, Gets gets, Duration time)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-t" + THREADS, "-c" + gets
                .connections(), "-d" + Math.max(1, time.toSeconds()) + "s", "--timeout", "10s",
                "--latency"));
        (Connection.ACCEPT + site.login().headers(repository)).lines()
                .forEach(line -> arguments.addAll(List.of("-H", line)));
        arguments.add(site.address().url(gets.target()));
        return read(site, tool.run(arguments.toArray(String[]::new)));
    }

    private static Work read(Site site, String printed) throws IOException {
        Matcher total = TOTAL.matcher(printed);
        if (!total.find() || printed.contains("Non-2xx") || printed.contains("Socket errors")) {
            throw new IOException(site.peer().name() + ": wrk says " + printed);
        }
        return new Work(millis(total.group(2), total.group(3)) / MILLIS, Long.parseLong(total
                .group(1)), bytes(total.group(4), total.group(5)), first(MEDIAN, printed), first(
                        SLOW, printed));
    }

    private static double first(Pattern pattern, String printed) {
        Matcher found = pattern.matcher(printed);
        return found.find() ? millis(found.group(1), found.group(2)) : 0;
    }

    private static double millis(String number, String unit) {
        double value = Double.parseDouble(number);
        return switch (unit) {
            case "us" -> value / MILLIS;
            case "s" -> value * MILLIS;
            case "m" -> value * 60 * MILLIS;
            default -> value;
        };
    }

    private static long bytes(String number, String unit) {
        int power = 10 * List.of("B", "KB", "MB", "GB", "TB").indexOf(unit);
        return (long) (Double.parseDouble(number) * (1L << power));
    }
}
