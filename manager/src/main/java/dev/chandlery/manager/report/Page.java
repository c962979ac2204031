package dev.chandlery.manager.report;

import dev.chandlery.cli.Sizes;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.manager.health.CacheHealth;
import dev.chandlery.manager.health.HealthReport;
import dev.chandlery.manager.health.RegistryHealth;
import dev.chandlery.manager.health.TargetHealth;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a page shows, in words; the same for every form. */
final class Page {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm",
            Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StateReport report;

    Page(StateReport report) {
        this.report = report;
    }

    /** {@code healthy}, {@code degraded} or {@code unhealthy}. */
    String status() {
        return report.health().status();
    }

    /** Under the title. */
    String subtitle() {
        return report.registry() + ", " + time(report.health().at()) + " UTC";
    }

    /** What is long comes last. */
    List<Section> sections() {
        List<Section> sections = new ArrayList<>(List.of(incidents(), health(), targets(), runs(),
                next()));
        if (!report.bundles().isEmpty()) {
            sections.add(bundles());
        }
        sections.add(tools());
        return sections;
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    private Section incidents() {
        return new Section("Incidents", List.of("Since (UTC)", "Kind", "What", "Message"), report
                .incidents()
                .stream()
                .map(incident -> List.of(time(incident.since()), incident.kind(), incident.what(),
                        incident.message()))
                .toList(), "None are open.");
    }

    private Section health() {
        HealthReport health = report.health();
        List<List<String>> rows = new ArrayList<>();
        rows.add(registry("registry " + report.registry(), health.registry()));
        health.backups()
                .forEach((address, backup) -> rows.add(registry("backup " + address, backup)));
        CacheHealth cache = health.cache();
        rows.add(List.of("cache", cache.isHealthy() ? "well" : "warning", Sizes.bytes(cache.usage()
                .bytes()) + " of " + Sizes.bytes(cache.maxBytes()) + " in " + cache.usage().files()
                + " files" + (cache.writable() ? "" : ", not writable") + cache.error()
                        .map(e -> ", " + e)
                        .orElse("")));
        report.storedBytes()
                .ifPresent(bytes -> rows.add(List.of("storage", "well", Sizes.bytes(bytes)
                        + " on disk")));
        health.state()
                .lastPublish()
                .ifPresent(at -> rows.add(List.of("last publish", "", time(at) + " UTC, "
                        + report.age(Optional.of(at)))));
        return new Section("Health", List.of("Part", "State", "Details"), rows, "");
    }

    private static List<String> registry(String name, RegistryHealth health) {
        return List.of(name, health.isHealthy() ? "well" : "DOWN", health.error()
                .orElseGet(() -> "answered in " + health.response().toMillis() + " ms, writable"));
    }

    private Section targets() {
        return new Section("Targets", List.of("Target", "State", "Measured"), report.health()
                .targets()
                .stream()
                .map(target -> List.of(target.kind().words(), state(target),
                        target.measured()))
                .toList(), "");
    }

    private static String state(TargetHealth target) {
        return target.met().map(met -> met ? "met" : "MISSED").orElse("unknown");
    }

    private Section tools() {
        List<List<String>> rows = new ArrayList<>();
        for (ToolState tool : report.tools()) {
            tool.error().ifPresent(e -> rows.add(List.of(tool.tool(), "", "", "", "unread: " + e)));
            if (tool.error().isEmpty() && tool.versions().isEmpty()) {
                rows.add(List.of(tool.tool(), "none", "", "", "not published yet"));
            }
            tool.versions().forEach(version -> rows.add(version(tool.tool(), version)));
        }
        return new Section("Tools", List.of("Tool", "Version", "Age", "Proven by", "Platforms"),
                rows, "registry.yaml names no tools.");
    }

    private List<String> version(String tool, ToolState.Version version) {
        String absent = version.absent().isEmpty()
                ? ""
                : "; absent: " + names(version.absent());
        return List.of(tool, version.version(), report.age(version.released()), rungs(version),
                names(version.platforms().keySet().stream().toList()) + absent);
    }

    /** One word when all platforms agree, else each with its platforms. */
    private static String rungs(ToolState.Version version) {
        TreeMap<String, List<PlatformName>> byRung = new TreeMap<>();
        version.platforms()
                .forEach((platform, content) -> byRung.computeIfAbsent(content.rung()
                        .orElse("not stated"), _ -> new ArrayList<>()).add(platform));
        if (byRung.size() <= 1) {
            return byRung.isEmpty() ? "" : byRung.firstKey();
        }
        return byRung.entrySet()
                .stream()
                .map(entry -> entry.getKey() + " (" + names(entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String names(List<PlatformName> platforms) {
        return platforms.stream().map(PlatformName::value).collect(Collectors.joining(", "));
    }

    private Section bundles() {
        return new Section("Bundles", List.of("Bundle", "Age", "Tools", "Platforms"), report
                .bundles()
                .stream()
                .map(bundle -> List.of(bundle.bundle(), report.age(bundle.created()), tools(bundle),
                        names(bundle.platforms())))
                .toList(), "");
    }

    private static String tools(BundleState bundle) {
        return bundle.error().map(error -> "unread: " + error).orElseGet(() -> {
            if (bundle.build().isEmpty()) {
                return "not built yet";
            }
            return bundle.tools() + (bundle.current() ? "" : " (registry.yaml has others)");
        });
    }

    private Section runs() {
        return new Section("Last runs", List.of("Started (UTC)", "Job", "Result", "Took",
                "Message"), report.runs()
                        .stream()
                        .map(run -> List.of(time(run.started()), run.job(), run.result(), run.took()
                                .map(Sizes::duration)
                                .orElse(""), run.message()))
                        .toList(), "No scheduler has left a history here.");
    }

    private Section next() {
        return new Section("Next runs", List.of("Due (UTC)", "Job"), report.next()
                .stream()
                .map(due -> List.of(time(due.at()), due.job()))
                .toList(), "Nothing is planned.");
    }

}
