package dev.chandlery.scheduler.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.scheduler.history.Deliveries.Pending;
import dev.chandlery.scheduler.history.Incident;
import dev.chandlery.scheduler.job.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages that services take, whatever others call their tools. */
class WebhookBodiesTest {
    private static final Instant TIME = Instant.parse("2026-01-05T06:00:00Z");
    private static final String HOSTILE =
            "<!channel> [click](http://evil.example) *bold* `code` @here <http://evil.example|x> \" \\ \n# big";

    @Test
    void slackHasNoMarkupToAbuse() throws IOException {
        JsonNode body = read(WebhookBodies.slack(message(1, HOSTILE)));

        assertThat(body.path("text").asText()).contains("&lt;!channel&gt;").doesNotContain("<");
        assertThat(texts(body.path("blocks"))).isNotEmpty()
                .allSatisfy(text -> assertThat(text.path("type").asText()).isEqualTo("plain_text"))
                .anySatisfy(text -> assertThat(text.path("text").asText()).contains(HOSTILE));
    }

    @Test
    void teamsHasNoMarkupToAbuse() throws IOException {
        JsonNode card = read(WebhookBodies.teams(message(1, HOSTILE))).at("/attachments/0/content");

        assertThat(card.path("body")).allSatisfy(block -> assertThat(block.path("type").asText())
                .isEqualTo("RichTextBlock"));
        assertThat(card.findValuesAsText("text")).contains("upstream changed " + HOSTILE.replace(
                " \n",
                " "), "# big");
    }

    @Test
    void manyIncidentsStayWithinWhatServicesTake() throws IOException {
        Message flood = message(1000, "\ud83d\udea8\"\\\u0001 long ".repeat(1000));

        JsonNode slack = read(WebhookBodies.slack(flood));
        assertThat(size(slack)).isLessThan(13_000);
        assertThat(slack.path("blocks").size()).isLessThanOrEqualTo(50);
        assertThat(texts(slack.path("blocks"))).allSatisfy(text -> assertThat(text.path("text")
                .asText()).hasSizeLessThanOrEqualTo(3000).isNotEmpty());
        slack.path("blocks").forEach(block -> {
            if (block.path("type").asText().equals("header")) {
                assertThat(block.at("/text/text").asText()).hasSizeLessThanOrEqualTo(150);
            }
        });
        assertThat(slack.path("blocks").toString()).contains(" more: scheduler incidents");

        JsonNode teams = read(WebhookBodies.teams(flood));
        assertThat(size(teams)).isLessThan(28 * 1024);
        assertThat(teams.toString()).contains(" more: scheduler incidents");
        assertThat(read(WebhookBodies.json(flood)).path("incidents")).hasSize(1000);
    }

    @Test
    void smallMessagesAreWhole() throws IOException {
        JsonNode slack = read(WebhookBodies.slack(message(5, "changed")));
        assertThat(slack.path("blocks")).hasSize(11);
        assertThat(slack.toString()).doesNotContain("more:");
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        List<JsonNode> all = new ArrayList<>();
        list.forEach(all::add);
        return all.stream();
    }

    private static List<JsonNode> texts(JsonNode blocks) {
        return stream(blocks).flatMap(block -> block.has("text")
                ? Stream.of(block.path("text"))
                : stream(block.path("elements"))).toList();
    }

    private static int size(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static JsonNode read(ObjectNode body) throws IOException {
        return JsonMapper.builder().build().readTree(body.toString());
    }

    private static Message message(int count, String text) {
        List<Pending> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Finding finding = new Finding(Finding.Kind.DRIFT, text, text);
            all.add(new Pending(new Incident(i, finding, TIME, TIME, Optional.empty()), i
                    % 2 == 1));
        }
        return new Message("registry.example/tools", all, TIME);
    }
}
