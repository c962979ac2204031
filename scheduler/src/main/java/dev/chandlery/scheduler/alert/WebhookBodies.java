package dev.chandlery.scheduler.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import dev.chandlery.scheduler.history.Deliveries.Pending;
import dev.chandlery.scheduler.history.Incident;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Bodies of webhooks. */
final class WebhookBodies {
    /** Slack shows no more blocks than 50, and no more than 3000 characters in one. */
    private static final int MOST_SHOWN = 20;
    private static final int MOST_HEADER = 150;
    private static final int MOST_TEXT = 2_900;
    /** Slack and Teams refuse longer messages: some 13,000 characters in all, and 28 KiB. */
    private static final int MOST_SLACK_BYTES = 11_000;
    private static final int MOST_TEAMS_BYTES = 20_000;
    private static final int MOST_LINES = 12;

    private WebhookBodies() {}

    /** For programs: its form is in docs/scheduler.md. */
    static ObjectNode json(Message message) {
        ObjectNode root = Json.object()
                .put("version", 1)
                .put("key", EventKeys.of(message))
                .put("status", message.status())
                .put("registry", message.place())
                .put("title", Texts.title(message))
                .put("at", message.at().toString());
        ArrayNode list = root.putArray("incidents");
        for (Pending pending : message.all()) {
            Incident incident = pending.incident();
            ObjectNode node = list.addObject()
                    .put("id", incident.id())
                    .put("key", EventKeys.of(pending))
                    .put("status", pending.resolved() ? "resolved" : "open")
                    .put("kind", incident.finding().kind().label())
                    .put("subject", incident.finding().subject())
                    .put("text", incident.finding().text())
                    .put("opened", incident.opened().toString());
            incident.resolved()
                    .filter(_ -> pending.resolved())
                    .ifPresent(end -> node.put("resolved", end.toString()));
        }
        return root;
    }

    /** Blocks of plain text only: names and messages of others can be no links, mentions or marks. */
    static ObjectNode slack(Message message) {
        ObjectNode root = Json.object()
                .put("text", escaped(cut(Texts.title(message), MOST_HEADER)));
        ArrayNode blocks = root.putArray("blocks");
        blocks.addObject()
                .put("type", "context")
                .putArray("elements")
                .add(plain(cut(message.place(), MOST_HEADER)));
        fill(blocks, message, MOST_SLACK_BYTES, pending -> {
            String sign = pending.resolved() ? "\u2705 " : "\ud83d\udea8 ";
            return List.of(block("header", sign + cut(Texts.headline(pending), MOST_HEADER - 3)),
                    block("section", cut(Texts.detail(pending), MOST_TEXT)));
        }, text -> block("section", text));
        return root;
    }

    private static ObjectNode block(String type, String text) {
        ObjectNode block = Json.object().put("type", type);
        block.set("text", plain(text));
        return block;
    }

    private static ObjectNode plain(String text) {
        return Json.object().put("type", "plain_text").put("text", text).put("emoji", false);
    }

    /** An adaptive card of runs of text, which, other than its text blocks, know no Markdown. */
    static ObjectNode teams(Message message) {
        ObjectNode root = Json.object().put("type", "message");
        ObjectNode card = root.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        ArrayNode body = card.putArray("body");
        body.add(line(message.place(), run -> run.put("weight", "bolder").put("size", "medium")));
        fill(body, message, MOST_TEAMS_BYTES, pending -> {
            List<ObjectNode> lines = new ArrayList<>();
            lines.add(line(Texts.headline(pending), run -> run.put("weight", "bolder")
                    .put("color", pending.resolved() ? "good" : "attention")).put("spacing",
                            "medium"));
            Texts.detail(pending)
                    .lines()
                    .limit(MOST_LINES)
                    .forEach(text -> lines.add(line(text, _ -> {}).put("spacing", "none")));
            return lines;
        }, text -> line(text, _ -> {}));
        return root;
    }

    private static ObjectNode line(String text, Consumer<ObjectNode> style) {
        ObjectNode block = Json.object().put("type", "RichTextBlock");
        ObjectNode run = block.putArray("inlines")
                .addObject()
                .put("type", "TextRun")
                .put("text", cut(text, MOST_TEXT));
        style.accept(run);
        return block;
    }

    /** As many as there is room for, at least one; the others are counted. */
    private static void fill(ArrayNode list, Message message, int mostBytes,
            Function<Pending, List<ObjectNode>> show, Function<String, ObjectNode> note) {
        int shown = 0;
        int bytes = 0;
        for (Pending pending : message.all()) {
            List<ObjectNode> nodes = show.apply(pending);
            bytes += nodes.toString().getBytes(StandardCharsets.UTF_8).length;
            if (shown == MOST_SHOWN || (shown > 0 && bytes > mostBytes)) {
                break;
            }
            nodes.forEach(list::add);
            shown++;
        }
        if (shown < message.all().size()) {
            list.add(note.apply("and " + (message.all().size() - shown)
                    + " more: scheduler incidents"));
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
