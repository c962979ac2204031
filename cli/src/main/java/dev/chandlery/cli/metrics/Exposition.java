package dev.chandlery.cli.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Figures in Prometheus' text format, as this program writes them: families with their help, type and samples.
 *
 * @param families by name
 */
record Exposition(SortedMap<String, Family> families) {

    /**
     * Samples of one metric.
     *
     * @param help its comment line, or empty
     * @param type {@code counter}, {@code gauge}, {@code histogram} or {@code summary}
     * @param samples by name and labels, in the order in which they were written
     */
    record Family(String help, String type, Map<String, Double> samples) {

        /** Counts are added; of a gauge the newer value stays. */
        Family plus(Family newer) {
            Map<String, Double> sums = new LinkedHashMap<>(samples);
            boolean gauge = newer.type.equals("gauge");
            newer.samples.forEach((series, value) -> sums.merge(series, value, (a, b) -> gauge
                    ? b
                    : Double.valueOf(a + b)));
            return new Family(newer.help, newer.type, sums);
        }
    }

    /**
     * Reads figures.
     *
     * @throws IllegalArgumentException when a line cannot be understood
     */
    static Exposition parse(String text) {
        SortedMap<String, Family> families = new TreeMap<>();
        String help = "";
        Family family = new Family("", "untyped", new LinkedHashMap<>());
        for (String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                help = line;
            } else if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ", -1);
                family = new Family(help, words[words.length - 1], new LinkedHashMap<>());
                families.put(words[2], family);
            } else if (!line.startsWith("#") && !line.isBlank()) {
                int space = line.lastIndexOf(' ');
                if (space < 1) {
                    throw new IllegalArgumentException("expected a sample, got " + line);
                }
                family.samples().put(line.substring(0, space), value(line.substring(space + 1)));
            }
        }
        return new Exposition(families);
    }

    private static Double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(text);
        };
    }

    private static String text(double value) {
        return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
    }

    /** These figures and those of a later run. */
    Exposition plus(Exposition later) {
        SortedMap<String, Family> sums = new TreeMap<>(families);
        later.families.forEach((name, family) -> sums.merge(name, family, Family::plus));
        return new Exposition(sums);
    }

    /** As it is written; every series with the lines before it that its family needs. */
    String text() {
        List<String> lines = new ArrayList<>();
        families.forEach((name, family) -> {
            if (!family.help().isEmpty()) {
                lines.add(family.help());
            }
            lines.add("# TYPE " + name + " " + family.type());
            family.samples().forEach((series, value) -> lines.add(series + " " + text(value)));
        });
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
