package dev.chandlery.publisher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.TextTable;
import dev.chandlery.publisher.bundle.BundleForecast;
import dev.chandlery.publisher.plan.PlatformPlan;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.plan.ToolUpkeep;
import dev.chandlery.publisher.plan.VersionPlan;
import dev.chandlery.upstream.Asset;
import java.util.ArrayList;
import java.util.List;

/** A plan that is only shown: the result of a dry run. */
final class PlanView {

    private PlanView() {}

    static List<String> lines(PublishPlan plan) {
        TextTable table = new TextTable("TOOL", "VERSION", "PLATFORM", "ACTION", ">SIZE", "FROM");
        for (VersionPlan version : plan.versions()) {
            version.platforms().forEach(platform -> row(table, version, platform));
        }
        List<String> lines = new ArrayList<>();
        if (!table.isEmpty()) {
            lines.addAll(table.lines());
        }
        lines.addAll(BundleView.planned(plan.bundles()));
        plan.waiting().forEach(waiting -> lines.add("Waiting: " + waiting));
        for (ToolUpkeep upkeep : plan.upkeep()) {
            upkeep.retractions().forEach(retraction -> lines.add("Upstream: " + retraction));
            upkeep.moves().forEach(move -> lines.add("Tag: " + move));
        }
        long publications = plan.versions().stream().mapToLong(v -> v.publications().size()).sum();
        List<String> parts = new ArrayList<>();
        ReportText.add(parts, publications, "to publish");
        long bundles = plan.bundles().stream().filter(BundleForecast::pending).count();
        ReportText.add(parts, bundles, bundles == 1 ? "bundle to build" : "bundles to build");
        ReportText.add(parts, plan.drifted().size(), "CHANGED UPSTREAM");
        ReportText.add(parts, plan.upkeep().stream().mapToLong(u -> u.moves().size()).sum(),
                "tags to move");
        ReportText.add(parts, plan.upkeep().stream().mapToLong(u -> u.retractions().size()).sum(),
                "to mark");
        ReportText.add(parts, plan.waiting().size(), "waiting");
        lines.add("Dry run: " + (publications == 0 ? "nothing to publish" : "") + (publications == 0
                && !parts.isEmpty() ? ", " : "") + String.join(", ", parts) + (plan.pending()
                        ? ", nothing was written"
                        : ""));
        return lines;
    }

    private static void row(TextTable table, VersionPlan version, PlatformPlan platform) {
        String tool = version.tool().name();
        String number = version.version();
        String name = platform.platform().value();
        switch (platform) {
            case PlatformPlan.Drifted d -> table.row(tool, number, name, "CHANGED UPSTREAM", "", d
                    .incident()
                    .change()
                    .file());
            case PlatformPlan.Publish p when p.accepted().isPresent() -> table.row(tool, number,
                    name, "replace (accepted)", size(p.asset()), p.asset().fileName());
            case PlatformPlan.Publish p -> table.row(tool, number, name, "publish", size(p.asset()),
                    p.asset().fileName());
            case PlatformPlan.Keep k -> table.row(tool, number, name, version.tagged()
                    ? "keep"
                    : "tag", "", ReportText.shortened(k.manifest().digest()));
            case PlatformPlan.Missing _ -> table.row(tool, number, name, "not offered upstream", "",
                    "");
        }
    }

    private static String size(Asset asset) {
        return asset.size().isPresent() ? Sizes.bytes(asset.size().getAsLong()) : "?";
    }

    static ObjectNode document(PublishPlan plan) {
        ObjectNode root = Json.object()
                .put("status", plan.pending()
                        ? "changes-pending"
                        : "nothing-to-do")
                .put("dry_run", true);
        ArrayNode actions = root.putArray("actions");
        for (VersionPlan version : plan.versions()) {
            version.platforms().forEach(platform -> actions.add(action(version, platform)));
        }
        root.set("bundles", BundleView.plannedJson(plan.bundles()));
        root.set("waiting", UpkeepView.waiting(plan.waiting()));
        root.set("tags", UpkeepView.moves(plan.upkeep()
                .stream()
                .flatMap(upkeep -> upkeep.moves()
                        .stream())
                .toList()));
        root.set("retractions", UpkeepView.retractions(plan.upkeep()
                .stream()
                .flatMap(upkeep -> upkeep
                        .retractions()
                        .stream())
                .toList()));
        ArrayNode failures = root.putArray("failures");
        plan.failures()
                .forEach(failure -> failures.addObject()
                        .put("tool", failure.tool())
                        .put(
                                "error", failure.cause().getMessage()));
        ArrayNode notes = root.putArray("notes");
        plan.notes().forEach(notes::add);
        return root;
    }

    private static ObjectNode action(VersionPlan version, PlatformPlan platform) {
        ObjectNode node = Json.object()
                .put("tool", version.tool().name())
                .put("version", version
                        .version())
                .put("platform", platform.platform().value());
        switch (platform) {
            case PlatformPlan.Publish p -> {
                node.put("action", p.accepted().isPresent() ? "replace" : "publish")
                        .put("asset", p.asset().fileName());
                p.asset().size().ifPresent(size -> node.put("size_bytes", size));
                p.asset()
                        .apiDigest()
                        .ifPresent(digest -> node.put("upstream_digest", digest
                                .toString()));
            }
            case PlatformPlan.Drifted d -> UpkeepView.drift(node.put("action", "drift"), d
                    .incident());
            case PlatformPlan.Keep k -> node.put("action", version.tagged() ? "keep" : "tag")
                    .put(
                            "digest", k.manifest().digest().toString());
            case PlatformPlan.Missing _ -> node.put("action", "missing-upstream");
        }
        return node;
    }
}
