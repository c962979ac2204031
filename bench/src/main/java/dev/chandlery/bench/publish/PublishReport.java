package dev.chandlery.bench.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.bench.report.Setup;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/**
 * The figures as tables for people, one for each target, and as JSON with all samples.
 *
 * @param results samples by target, then by what was measured
 */
public record PublishReport(Setup setup,
        SortedMap<String, Map<String, List<PublishSample>>> results) {
    private static final double MIB = 1024.0 * 1024;
    /** What is aimed at: so many times the slower floor. */
    private static final double GOAL = 1.2;

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        setup.facts().forEach((name, value) -> lines.add(name + ": " + value));
        results.forEach((target, all) -> {
            lines.add("");
            lines.add(target);
            lines.addAll(table(all).lines());
        });
        return lines;
    }

    private static TextTable table(Map<String, List<PublishSample>> all) {
        TextTable table = new TextTable("", ">runs", ">wall s", ">CPU s", ">RSS MiB",
                ">downloads at a time", ">x slower floor", "aim " + GOAL);
        double floor = floor(all);
        all.forEach((name, samples) -> {
            double ratio = floor == 0 ? 0 : median(samples, PublishSample::seconds) / floor;
            table.row(name, Integer.toString(samples.size()), number(median(samples,
                    PublishSample::seconds), 2), number(median(samples,
                            PublishSample::cpuSeconds), 1), number(median(samples,
                                    s -> s.peakBytes() / MIB), 0), number(median(samples,
                                            PublishSample::mostDownloads), 0), number(ratio, 2),
                    isFloor(name) ? "" : ratio <= GOAL ? "yes" : "NO");
        });
        return table;
    }

    private static boolean isFloor(String name) {
        return name.equals(PublishMeasurement.DOWNLOAD) || name.equals(PublishMeasurement.UPLOAD);
    }

    private static double floor(Map<String, List<PublishSample>> all) {
        return all.entrySet()
                .stream()
                .filter(entry -> isFloor(entry.getKey()))
                .mapToDouble(entry -> median(entry.getValue(), PublishSample::seconds))
                .max()
                .orElse(0);
    }

    private static double median(List<PublishSample> samples,
            ToDoubleFunction<PublishSample> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1
                ? sorted[middle]
                : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public String json() {
        ObjectNode document = Json.object();
        ObjectNode facts = document.putObject("setup");
        setup.facts().forEach(facts::put);
        ArrayNode targets = document.putArray("targets");
        results.forEach((target, all) -> {
            ArrayNode runs = targets.addObject().put("target", target).putArray("runs");
            all.forEach((name, samples) -> samples.forEach(sample -> runs.addObject()
                    .put("name", name)
                    .put("wallSeconds", sample.seconds())
                    .put("cpuSeconds", sample.cpuSeconds())
                    .put("peakResidentMebibytes", sample.peakBytes() / MIB)
                    .put("downloadsAtATime", sample.mostDownloads())));
        });
        return Json.write(document);
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
