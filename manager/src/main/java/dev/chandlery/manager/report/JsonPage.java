package dev.chandlery.manager.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;

/** The report for programs. */
final class JsonPage {

    private JsonPage() {}

    static String of(StateReport report) {
        ObjectNode root = Json.object().put("registry", report.registry());
        root.set("health", report.health().json());
        report.storedBytes().ifPresent(bytes -> root.put("stored_bytes", bytes));
        ArrayNode tools = root.putArray("tools");
        report.tools().forEach(tool -> describe(tool, tools.addObject()));
        ArrayNode bundles = root.putArray("bundles");
        report.bundles().forEach(bundle -> describe(bundle, bundles.addObject()));
        ArrayNode runs = root.putArray("last_runs");
        report.runs().forEach(run -> {
            ObjectNode node = runs.addObject().put("job", run.job());
            node.put("started", run.started().toString()).put("result", run.result());
            run.took().ifPresent(took -> node.put("duration_ms", took.toMillis()));
            node.put("message", run.message());
        });
        ArrayNode next = root.putArray("next_runs");
        report.next()
                .forEach(due -> next.addObject()
                        .put("job", due.job())
                        .put("at", due.at()
                                .toString()));
        ArrayNode incidents = root.putArray("incidents");
        report.incidents()
                .forEach(incident -> incidents.addObject()
                        .put("kind", incident.kind())
                        .put("what", incident.what())
                        .put("since", incident.since().toString())
                        .put("message", incident.message()));
        return Json.write(root);
    }

    private static void describe(BundleState bundle, ObjectNode node) {
        node.put("bundle", bundle.bundle()).put("built", bundle.build().isPresent());
        bundle.error().ifPresent(error -> node.put("error", error));
        bundle.build().ifPresent(build -> {
            node.put("digest", build.index().digest().toString()).put("tools", bundle.tools());
            node.put("as_configured", bundle.current());
            ArrayNode platforms = node.putArray("platforms");
            bundle.platforms().forEach(platform -> platforms.add(platform.value()));
        });
    }

    private static void describe(ToolState tool, ObjectNode node) {
        node.put("tool", tool.tool()).put("published_versions", tool.published());
        tool.error().ifPresent(error -> node.put("error", error));
        ArrayNode versions = node.putArray("versions");
        for (ToolState.Version version : tool.versions()) {
            ObjectNode shown = versions.addObject().put("version", version.version());
            version.released().ifPresent(at -> shown.put("released", at.toString()));
            ObjectNode platforms = shown.putObject("platforms");
            version.platforms().forEach((platform, content) -> {
                ObjectNode one = platforms.putObject(platform.value())
                        .put("digest", content
                                .digest()
                                .toString());
                content.rung().ifPresent(rung -> one.put("trust", rung));
            });
            ArrayNode absent = shown.putArray("absent");
            version.absent().forEach(platform -> absent.add(platform.value()));
        }
    }
}
