package dev.chandlery.scheduler.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.operation.AlertsSpec.GithubIssue;
import dev.chandlery.config.value.SecretReference;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.scheduler.history.Deliveries.Pending;
import dev.chandlery.scheduler.history.Incident;
import dev.chandlery.scheduler.job.Finding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that is killed after it told something, and before it wrote that down, is followed by one that tells the
 * same again: nobody should read it twice.
 */
class ToldOnceTest {
    private static final Instant TIME = Instant.parse("2026-01-05T06:00:00Z");

    private final HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT);
    private FakeIssues github;
    private Channel channel;

    @BeforeEach
    void start() throws IOException {
        github = new FakeIssues();
        channel = new GithubIssueChannel(new GithubIssues(new GithubIssue("acme/tools",
                SecretReference.parse("${env:TOKEN}"), List.of(), github.api()), _ -> "t",
                transport), List.of());
    }

    @AfterEach
    void stop() {
        github.close();
        transport.close();
    }

    @Test
    void anIssueThatWasOpenedIsNotCommentedByTheSame() {
        channel.send(message(wrong("publish", TIME)));
        channel.send(message(wrong("publish", TIME)));
        assertThat(github.state()).containsExactly("1 open 0");
    }

    @Test
    void anIssueThatSomebodyClosedMeanwhileIsNotOpenedByTheSame() {
        channel.send(message(wrong("publish", TIME), well("publish", TIME)));
        channel.send(message(wrong("publish", TIME), well("publish", TIME)));
        assertThat(github.state()).containsExactly("1 closed 1");
    }

    @Test
    void whatIsWrongAnewIsToldAnew() {
        channel.send(message(wrong("publish", TIME)));
        channel.send(message(wrong("publish", TIME.plus(Duration.ofDays(1)))));
        assertThat(github.state()).containsExactly("1 open 1");
        channel.send(message(well("publish", TIME.plus(Duration.ofDays(1)))));
        assertThat(github.state()).containsExactly("1 closed 2");
        channel.send(message(wrong("publish", TIME.plus(Duration.ofDays(2)))));
        assertThat(github.state()).containsExactly("1 closed 2", "2 open 0");
    }

    /** Four writes: an issue is opened, another is opened, commented and closed. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aFailureInTheMiddleTellsNothingTwice(int lost) {
        Message message = message(wrong("publish", TIME), wrong("verify", TIME), well("verify",
                TIME));
        github.loseAnswer(lost);
        assertThatThrownBy(() -> channel.send(message)).isInstanceOf(OciException.class)
                .hasMessageContaining("cannot write an issue of acme/tools");
        channel.send(message);
        channel.send(message);
        assertThat(github.state()).containsExactly("1 open 0", "2 closed 1");
    }

    @Test
    void keysTellWhatIsTheSame() {
        Pending wrong = wrong("publish", TIME);
        assertThat(EventKeys.of(wrong)).isEqualTo(EventKeys.of(wrong("publish", TIME)))
                .hasSize(32)
                .isNotEqualTo(EventKeys.of(well("publish", TIME)))
                .isNotEqualTo(EventKeys.of(wrong("verify", TIME)))
                .isNotEqualTo(EventKeys.of(wrong("publish", TIME.plusMillis(1))));
        var json = WebhookBodies.json(message(wrong));
        assertThat(json.path("key").asText()).isEqualTo(EventKeys.of(message(wrong)));
        assertThat(json.at("/incidents/0/key").asText()).isEqualTo(EventKeys.of(wrong));
    }

    private static Message message(Pending... all) {
        return new Message("registry.example/tools", List.of(all), TIME);
    }

    private static Pending wrong(String job, Instant opened) {
        return new Pending(incident(job, opened, Optional.empty()), false);
    }

    private static Pending well(String job, Instant opened) {
        return new Pending(incident(job, opened, Optional.of(opened.plusSeconds(60))), true);
    }

    private static Incident incident(String job, Instant opened, Optional<Instant> resolved) {
        return new Incident(1, new Finding(Finding.Kind.JOB, job, "cannot reach it"), opened,
                opened, resolved);
    }
}
