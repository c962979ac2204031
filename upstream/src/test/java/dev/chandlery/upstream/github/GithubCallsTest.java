package dev.chandlery.upstream.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.security.SecurityChecks;
import dev.chandlery.config.security.SecuritySpec;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.testkit.upstream.FakeGithub;
import dev.chandlery.testkit.upstream.GithubRequests.Kind;
import dev.chandlery.upstream.fetch.Downloads;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rate limits, entity tags and patience. */
class GithubCallsTest {
    private static final String ACTION = "list releases";

    @TempDir
    Path folder;
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private final FakeGithub github = new FakeGithub(() -> now);
    private final HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT.withRetry(
            RetryPolicy.NONE));
    private final List<Duration> waits = new ArrayList<>();
    private URI list = URI.create("http://127.0.0.1");

    @BeforeEach
    void release() {
        github.release("o/r", "v1");
        list = URI.create(github.api() + "/repos/o/r/releases?per_page=100");
    }

    @AfterEach
    void close() {
        transport.close();
        github.close();
    }

    @Test
    void whatDidNotChangeIsFreeWithAToken() {
        GithubCalls calls = calls(Optional.of(FakeGithub.TOKEN));
        assertThat(calls.ask(list, ACTION)).isPresent();
        assertThat(calls.ask(list, ACTION)).isPresent();
        assertThat(github.requests().count(Kind.LISTING)).isEqualTo(2);
        assertThat(github.limits().used()).isEqualTo(1);
    }

    @Test
    void aLimitThatEndsSoonIsWaitedFor() {
        github.limits().set(1, 5000);
        github.limits().resetAt(now.plusSeconds(40));
        assertThat(calls(Optional.empty()).ask(list, ACTION)).isPresent();
        assertThat(calls(Optional.empty()).ask(list, ACTION)).isPresent();
        assertThat(waits).containsExactly(Duration.ofSeconds(41));
    }

    @Test
    void aLimitThatEndsLateIsTold() {
        github.limits().set(0, 5000);
        github.limits().resetAt(now.plusSeconds(1800));
        assertThatThrownBy(() -> calls(Optional.empty()).ask(list, ACTION)).isInstanceOf(
                TransferException.class)
                .hasMessageContaining("cannot list releases: GitHub's rate limit is used up until"
                        + " 2026-03-01T00:30:00Z; set GITHUB_TOKEN");
        assertThat(waits).isEmpty();
        assertThat(calls(Optional.of(FakeGithub.TOKEN)).ask(list, ACTION)).isPresent();
    }

    @Test
    void nobodyAsksOnWhenTheLimitIsUsedUp() {
        github.limits().set(0, 5000);
        github.limits().resetAt(now.plusSeconds(1800));
        GithubCalls calls = calls(Optional.empty());
        URI other = URI.create(github.api() + "/repos/o/other/releases?per_page=100");

        assertThatThrownBy(() -> calls.ask(list, ACTION)).hasMessageContaining("used up until");
        assertThatThrownBy(() -> calls.ask(other, ACTION)).hasMessageContaining(
                "GitHub's rate limit is used up until 2026-03-01T00:30:00Z");
        assertThat(github.requests().count(Kind.LISTING)).isEqualTo(1);

        now = now.plusSeconds(1801);
        github.limits().set(60, 5000);
        assertThat(calls.ask(list, ACTION)).isPresent();
    }

    @Test
    void theTransportDoesNotWaitInSilence() {
        try (HttpTransport patient = new HttpTransport(TransportOptions.DEFAULT)) {
            github.limits().refuseNext(1, 429, Duration.ofSeconds(100));
            assertThat(calls(patient, Optional.empty()).ask(list, ACTION)).isPresent();
            assertThat(waits).containsExactly(Duration.ofSeconds(100));
        }
    }

    @Test
    void aSecondaryLimitThatIsToldByWordsAloneIsWaitedFor() {
        github.limits().refuseNextByWords(1);
        assertThat(calls(Optional.empty()).ask(list, ACTION)).isPresent();
        assertThat(waits).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void aTokenThatIsWrongIsTold() {
        assertThatThrownBy(() -> calls(Optional.of("wrong")).ask(list, ACTION))
                .hasMessageContaining(
                        "cannot list releases: GitHub refuses the token of GITHUB_TOKEN")
                .hasMessageNotContaining("wrong");
        assertThat(github.requests().count(Kind.LISTING)).isEqualTo(1);
    }

    @Test
    void whereNothingMayBeWrittenWhatIsKnownIsUsed() {
        assertThat(calls(Optional.of(FakeGithub.TOKEN)).ask(list, ACTION)).isPresent();
        assertThat(github.limits().used()).isEqualTo(1);
        GithubCalls dry = calls(transport, new GithubAccess(Optional.of(FakeGithub.TOKEN), folder,
                true));
        assertThat(dry.ask(list, ACTION)).isPresent();
        assertThat(github.limits().used()).isEqualTo(1);
    }

    @Test
    void aSecondaryLimitIsWaitedForOnce() {
        github.limits().refuseNext(1, 403, Duration.ofSeconds(7));
        assertThat(calls(Optional.empty()).ask(list, ACTION)).isPresent();
        assertThat(waits).containsExactly(Duration.ofSeconds(7));

        github.limits().refuseNext(2, 429, Duration.ofSeconds(7));
        assertThatThrownBy(() -> calls(Optional.empty()).ask(list, ACTION)).isInstanceOf(
                TransferException.class).hasMessageContaining("rate limit");
        github.limits().refuseNext(1, 429, Duration.ofHours(1));
        assertThatThrownBy(() -> calls(Optional.empty()).ask(list, ACTION)).hasMessageContaining(
                "until 2026-03-01T01:00:14Z");
    }

    private GithubCalls calls(Optional<String> token) {
        return calls(transport, token);
    }

    private GithubCalls calls(HttpTransport over, Optional<String> token) {
        return calls(over, new GithubAccess(token, folder, false));
    }

    private GithubCalls calls(HttpTransport over, GithubAccess access) {
        SecuritySpec security = new SecuritySpec(new SecurityChecks(true, true, false, false), List
                .of(), List.of(), List.of(Algorithm.SHA256), Rung.FIRST_USE, Optional.empty());
        return new GithubCalls(new Downloads(over, security), access, () -> now, duration -> {
            waits.add(duration);
            now = now.plus(duration);
        });
    }
}
