package dev.chandlery.scheduler.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import dev.chandlery.oci.Digest;
import dev.chandlery.scheduler.alert.GithubIssues.Issue;
import dev.chandlery.scheduler.history.Deliveries.Pending;
import dev.chandlery.scheduler.history.Incident;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One open issue for each thing that is wrong: found again by a mark in its text, commented when it is well
 * again, and closed. What is wrong anew while its issue is open is a comment there. Each text has a second mark for what
 * it tells, so that what was told by a process that ended right after is not told again.
 *
 * @param labels of new issues
 */
record GithubIssueChannel(GithubIssues issues, List<String> labels) implements Channel {
    private static final int MOST_TITLE = 250;
    private static final int MARK_LENGTH = 16;

    GithubIssueChannel {
        labels = List.copyOf(labels);
    }

    @Override
    public void send(Message message) {
        for (Pending pending : message.all()) {
            Optional<Issue> open = issues.findOpen(mark(pending.incident()));
            if (pending.resolved()) {
                open.ifPresent(issue -> {
                    comment(issue, pending);
                    issues.close(issue);
                });
            } else if (open.isPresent()) {
                comment(open.get(), pending);
            } else if (issues.findClosed(event(pending), pending.incident().opened()).isEmpty()) {
                open(message, pending);
            }
        }
    }

    private void open(Message message, Pending pending) {
        ObjectNode issue = Json.object()
                .put("title", title(message, pending))
                .put("body", body(pending) + "\n\n" + mark(pending.incident()) + "\n" + event(
                        pending));
        labels.forEach(issue.withArray("labels")::add);
        issues.open(issue);
    }

    /** One line, as long as GitHub takes. */
    private static String title(Message message, Pending pending) {
        String title = (message.place() + ": " + Texts.headline(pending)).replaceAll("\\s+", " ");
        return title.length() <= MOST_TITLE ? title : title.substring(0, MOST_TITLE - 1) + "…";
    }

    /** Unless the issue says that already. */
    private void comment(Issue issue, Pending pending) {
        String event = event(pending);
        if (!issue.body().contains(event) && !issues.isCommented(issue, event, pending.incident()
                .opened())) {
            issues.comment(issue, (pending.resolved() ? "Well again. " : "Wrong again. ") + body(
                    pending) + "\n\n" + event);
        }
    }

    private static String body(Pending pending) {
        String detail = Texts.detail(pending);
        int line = detail.indexOf('\n');
        return detail.substring(0, line) + "\n\n```text\n" + detail.substring(line + 1)
                .replace("```", "'''") + "\n```";
    }

    /** Of the thing. */
    private static String mark(Incident incident) {
        String key = incident.finding().kind().label() + " " + incident.finding().subject();
        return "<!-- chandlery:" + Digest.ofBytes(key.getBytes(StandardCharsets.UTF_8))
                .encoded()
                .substring(0, MARK_LENGTH) + " -->";
    }

    /** Of what is told about it. */
    private static String event(Pending pending) {
        return "<!-- chandlery-event:" + EventKeys.of(pending) + " -->";
    }
}
