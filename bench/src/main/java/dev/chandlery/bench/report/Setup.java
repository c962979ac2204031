package dev.chandlery.bench.report;

import dev.chandlery.bench.process.ProcFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured, and on what.
 *
 * @param facts of the machine and the method, by their names
 * @param versions of the servers, by their names
 * @param left why servers were left out, by their names
 */
public record Setup(Map<String, String> facts, Map<String, String> versions,
        Map<String, String> left) {
    private static final String UNKNOWN = "unknown";

    /** A setup with the facts of this machine, to be completed. */
    public static Setup here() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", processor());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", ProcFiles.line("/proc/meminfo")
                .replaceAll("[^0-9]*([0-9]+).*",
                        "$1 KiB"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("java", Runtime.version().toString());
        return new Setup(facts, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (java.io.IOException _) {
            return UNKNOWN;
        }
    }
}
