package dev.chandlery.publisher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.TextTable;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.publisher.bundle.BundleBuilder;
import dev.chandlery.publisher.bundle.BundleForecast;
import dev.chandlery.publisher.bundle.BundleOutcome;
import dev.chandlery.publisher.bundle.BundlePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Bundles in plans and reports, for people and for programs. */
final class BundleView {

    private BundleView() {}

    /** A table of what is to be done; empty without bundles. */
    static List<String> planned(List<BundleForecast> forecasts) {
        TextTable table = new TextTable("BUNDLE", "PLATFORM", "ACTION", ">SIZE", "TOOLS");
        forecasts.forEach(forecast -> row(table, forecast));
        return table.isEmpty() ? List.of() : table.lines();
    }

    private static void row(TextTable table, BundleForecast forecast) {
        String name = forecast.bundle().name();
        String tools = tools(forecast.bundle());
        switch (forecast) {
            case BundleForecast.Planned(BundlePlan plan) -> {
                for (PlatformName platform : plan.platforms()) {
                    table.row(name, platform.value(), action(plan), Sizes
                            .bytes(plan.sizeBytes(platform)), tools);
                }
                plan.leftOut()
                        .forEach((platform, why) -> table.row(name, platform.value(), "left out",
                                "", why));
            }
            case BundleForecast.Following following -> table.row(name, "", "build", "", tools
                    + "; after " + members(following.first()));
            case BundleForecast.Waiting(_, String why) -> table.row(name, "", "wait", "", why);
            case BundleForecast.Lacking lacking -> table.row(name, "", "FAILED", "",
                    "not published: " + members(lacking.tools()));
            case BundleForecast.Failed _ -> table.row(name, "", "FAILED", "", tools);
        }
    }

    private static String action(BundlePlan plan) {
        return switch (plan.need()) {
            case NOTHING -> "keep";
            case EVIDENCE -> "attach evidence";
            case ALL -> "build";
        };
    }

    /** What cannot be built, a line each. */
    static List<String> errors(List<BundleForecast> forecasts) {
        return forecasts.stream()
                .filter(BundleForecast::failed)
                .map(forecast -> named(forecast.bundle(), cause(forecast)))
                .toList();
    }

    private static RuntimeException cause(BundleForecast forecast) {
        return switch (forecast) {
            case BundleForecast.Failed(_, RuntimeException cause) -> cause;
            case BundleForecast.Lacking lacking -> BundleBuilder.notPublished(lacking);
            case BundleForecast.Planned _,BundleForecast.Following _,BundleForecast.Waiting _ ->
                throw new IllegalStateException(
                        "no failure: " + forecast.bundle().name());
        };
    }

    /** What could not be built, a line each. */
    static List<String> failures(List<BundleOutcome> outcomes) {
        List<String> lines = new ArrayList<>();
        for (BundleOutcome outcome : outcomes) {
            if (outcome instanceof BundleOutcome.Failed(BundleSpec bundle, RuntimeException cause)) {
                lines.add(named(bundle, cause));
            }
        }
        return lines;
    }

    private static String named(BundleSpec bundle, RuntimeException cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("bundle " + bundle.name())
                ? message
                : "bundle " + bundle.name() + ": " + message;
    }

    /** A table of what was done; empty without bundles. */
    static List<String> done(List<BundleOutcome> outcomes) {
        TextTable table = new TextTable("BUNDLE", "DIGEST", "PLATFORMS", "BLOBS", "RESULT");
        for (BundleOutcome outcome : outcomes) {
            String name = outcome.bundle().name();
            switch (outcome) {
                case BundleOutcome.Built built -> {
                    table.row(name, ReportText.shortened(built.digest()), platforms(built
                            .platforms()), blobs(built.moved()), result(built));
                    built.leftOut()
                            .forEach((platform, why) -> table.row(name, "", platform.value(), "",
                                    "left out: " + why));
                }
                case BundleOutcome.Waiting(_, String why) -> table.row(name, "", "", "", why);
                case BundleOutcome.Failed _ -> table.row(name, "", "", "", "FAILED");
            }
        }
        return table.isEmpty() ? List.of() : table.lines();
    }

    private static String result(BundleOutcome.Built built) {
        if (!built.changed()) {
            return "up to date";
        }
        return built.moved().blobs() > 0 ? "built" : "evidence attached";
    }

    private static String blobs(BundleOutcome.Moved moved) {
        List<String> parts = new ArrayList<>();
        ReportText.add(parts, moved.mounted(), "mounted");
        ReportText.add(parts, moved.copied(), "copied");
        ReportText.add(parts, moved.there(), "there");
        return String.join(", ", parts);
    }

    static ArrayNode plannedJson(List<BundleForecast> forecasts) {
        ArrayNode array = Json.array();
        for (BundleForecast forecast : forecasts) {
            ObjectNode node = named(array, forecast.bundle());
            switch (forecast) {
                case BundleForecast.Planned(BundlePlan plan) -> {
                    node.put("action", action(plan).replace(' ', '-'));
                    node.put("digest", plan.digest().toString());
                    platforms(node, plan.platforms(), plan.leftOut());
                }
                case BundleForecast.Following following -> {
                    ArrayNode first = node.put("action", "build").putArray("after");
                    following.first().forEach(tool -> first.add(tool.toString()));
                }
                case BundleForecast.Waiting(_, String why) -> node.put("action", "wait")
                        .put("reason", why);
                case BundleForecast.Lacking _,BundleForecast.Failed _ -> node.put("action", "fail")
                        .put("error", cause(forecast).getMessage());
            }
        }
        return array;
    }

    static ArrayNode doneJson(List<BundleOutcome> outcomes) {
        ArrayNode array = Json.array();
        for (BundleOutcome outcome : outcomes) {
            ObjectNode node = named(array, outcome.bundle());
            switch (outcome) {
                case BundleOutcome.Built built -> built(node, built);
                case BundleOutcome.Waiting(_, String why) -> node.put("result", "waiting")
                        .put("reason", why);
                case BundleOutcome.Failed(_, RuntimeException cause) -> node.put("result", "failed")
                        .put("error", cause.getMessage());
            }
        }
        return array;
    }

    private static void built(ObjectNode node, BundleOutcome.Built built) {
        node.put("result", built.changed() ? "built" : "up-to-date");
        node.put("digest", built.digest().toString());
        platforms(node, built.platforms(), built.leftOut());
        ArrayNode tags = node.putArray("tags");
        built.tags().forEach(tag -> tags.add(tag.value()));
        node.putObject("blobs")
                .put("mounted", built.moved().mounted())
                .put("copied", built.moved().copied())
                .put("already_there", built.moved().there());
    }

    private static ObjectNode named(ArrayNode array, BundleSpec bundle) {
        ObjectNode node = array.addObject().put("bundle", bundle.name());
        ArrayNode tools = node.putArray("tools");
        bundle.tools().forEach(tool -> tools.add(tool.toString()));
        return node;
    }

    private static void platforms(ObjectNode node, List<PlatformName> platforms,
            Map<PlatformName, String> leftOut) {
        ArrayNode names = node.putArray("platforms");
        platforms.forEach(platform -> names.add(platform.value()));
        ObjectNode missing = node.putObject("left_out");
        leftOut.forEach((platform, why) -> missing.put(platform.value(), why));
    }

    /** Adds failures to those of a document. */
    static void failures(ArrayNode failures, List<BundleOutcome> outcomes) {
        for (BundleOutcome outcome : outcomes) {
            if (outcome instanceof BundleOutcome.Failed(BundleSpec bundle, RuntimeException cause)) {
                failures.addObject().put("bundle", bundle.name()).put("error", cause.getMessage());
            }
        }
    }

    private static String tools(BundleSpec bundle) {
        return bundle.tools()
                .stream()
                .map(BundleSpec.Member::toString)
                .collect(Collectors.joining(" "));
    }

    private static String members(List<BundleSpec.Member> members) {
        return members.stream().map(BundleSpec.Member::toString).collect(Collectors.joining(", "));
    }

    private static String platforms(List<PlatformName> platforms) {
        return platforms.stream().map(PlatformName::value).collect(Collectors.joining(" "));
    }
}
