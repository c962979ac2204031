package dev.chandlery.scheduler.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.cli.Json;
import dev.chandlery.config.operation.AlertsSpec.GithubIssue;
import dev.chandlery.config.value.SecretReference;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Issues of one repository of GitHub. Methods throw {@link TransferException}. */
record GithubIssues(GithubIssue spec, Function<SecretReference, String> secrets,
        HttpTransport transport) {
    private static final int MOST_PAGES = 10;
    private static final int PAGE = 100;
    private static final long MOST_BYTES = 8 << 20;
    /** By how much this machine's clock may be ahead of GitHub's. */
    private static final Duration TOLERANCE = Duration.ofHours(1);

    /** An issue with its number. */
    record Issue(long number, String body) {}

    /** The open issue whose text has that mark. */
    Optional<Issue> findOpen(String mark) {
        return find("/issues?state=open&", mark);
    }

    /** An issue that was closed since then, whose text has that mark. */
    Optional<Issue> findClosed(String mark, Instant since) {
        return find("/issues?state=closed&since=" + before(since) + "&", mark);
    }

    /** Whether a comment of that issue, written since then, has that mark. */
    boolean isCommented(Issue issue, String mark, Instant since) {
        return find("/issues/" + issue.number() + "/comments?since=" + before(since) + "&", mark)
                .isPresent();
    }

    void open(JsonNode issue) {
        write("POST", "/issues", issue);
    }

    void comment(Issue issue, String text) {
        write("POST", "/issues/" + issue.number() + "/comments", Json.object().put("body", text));
    }

    void close(Issue issue) {
        write("PATCH", "/issues/" + issue.number(), Json.object()
                .put("state", "closed")
                .put("state_reason", "completed"));
    }

    private static String before(Instant since) {
        return since.minus(TOLERANCE).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private Optional<Issue> find(String query, String mark) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode found = read(query + "per_page=" + PAGE + "&page=" + page);
            for (JsonNode each : found) {
                String body = each.path("body").asText("");
                if (body.contains(mark)) {
                    return Optional.of(new Issue(each.path("number").asLong(), body));
                }
            }
            if (found.size() < PAGE) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private JsonNode read(String path) {
        String what = "read issues of " + spec.repository();
        try (HttpReply reply = send("GET", path, null, what)) {
            return JsonCalls.answer(reply, MOST_BYTES, "issues of " + spec.repository());
        }
    }

    private void write(String method, String path, JsonNode body) {
        send(method, path, body, "write an issue of " + spec.repository()).close();
    }

    private HttpReply send(String method, String path, @Nullable JsonNode body, String what) {
        HttpCall bare = HttpCall.of(method, URI.create(spec.api().toString().replaceAll("/+$", "")
                + "/repos/" + spec.repository() + path))
                .withAction(what)
                .withHeader("Accept", "application/vnd.github+json")
                .withHeader("X-GitHub-Api-Version", "2022-11-28")
                .withAuthorization("Bearer " + secrets.apply(spec.token()));
        HttpReply reply = transport.send(body == null
                ? bare
                : JsonCalls.with(bare.withoutRetries(), body));
        if (!reply.isSuccess()) {
            reply.close();
            throw new TransferException("cannot " + what + ": expected status 2xx, got " + reply
                    .status(), null, true);
        }
        return reply;
    }

    /** No secrets. */
    @Override
    public String toString() {
        return "issues of " + spec.repository();
    }
}
