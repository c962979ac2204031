package dev.chandlery.config.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.ConfigException;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.EffectiveConfig;
import dev.chandlery.config.value.SecretReference;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerSectionTest {
    private static final String ALL_KEYS = """
            scheduler:
              state_dir: state
              database: {url: "jdbc:postgresql://db.example/jobs", username: chandlery, password: "${env:DB}", connections: 4}
              history_days: 30
              time_zone: Europe/Berlin
              stop_within: 2m
              jobs:
                health: {every: 1m, timeout: 30s}
                detect: {cron: "*/15 * * * *", time_zone: UTC, misfire: skip, jitter: 45s}
                publish: {enabled: false}
                cache_cleanup: {cron: "0 0 * * 7"}
                retention: {}
                garbage_collection: {every: 1d}
                mirror: {}
                verify: {cron: "0 1 1 * *"}
                drift: {}
            alerts:
              most_per_hour: 5
              channels:
                any: {webhook: {url: "https://hooks.example/a", token: "${file:token}"}}
                chat: {webhook: {url: "${env:SLACK}", format: slack}}
                mail:
                  email: {host: mail.example, username: robot, password: "${env:MAIL}", from: a@example.com, to: [b@example.com]}
                issue: {github_issue: {repository: acme/tools, token: "${env:GH}", labels: [alert]}}
            """;

    @TempDir
    Path folder;

    @Test
    void defaults() throws IOException {
        ConfigSpec config = load("");

        assertThat(config.scheduler().zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(config.scheduler().store().historyDays()).isEqualTo(90);
        assertThat(config.scheduler().store().database()).isEmpty();
        assertThat(config.scheduler().stopWithin()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.scheduler().jobs()).containsOnlyKeys(JobKind.values());
        JobSpec job = job(config, JobKind.DETECT);
        assertThat(job.enabled()).isEmpty();
        assertThat(job.run()).isEqualTo(new JobSpec.Run(JobSpec.Misfire.RUN_ONCE, Duration.ZERO,
                Optional.empty()));
        assertThat(config.alerts().channels()).isEmpty();
        assertThat(config.notices()).isEmpty();
    }

    @Test
    void allKeysSet() throws IOException {
        ConfigSpec config = load(ALL_KEYS);

        assertThat(config.scheduler().store().folder()).contains(folder.resolve("state"));
        JobSpec detect = job(config, JobKind.DETECT);
        assertThat(detect.cron()).contains("*/15 * * * *");
        assertThat(detect.run()).isEqualTo(new JobSpec.Run(JobSpec.Misfire.SKIP, Duration.ofSeconds(
                45), Optional.empty()));
        assertThat(job(config, JobKind.PUBLISH).enabled()).contains(false);
        assertThat(job(config, JobKind.HEALTH).every()).contains(Duration.ofMinutes(1));
        AlertsSpec.Mail mail = (AlertsSpec.Mail) Objects.requireNonNull(config.alerts()
                .channels()
                .get("mail"));
        assertThat(mail.server().port()).isEqualTo(587);
        assertThat(config.alerts().channels().get("any")).isEqualTo(new AlertsSpec.Webhook(
                new AlertsSpec.Address.Plain(URI.create("https://hooks.example/a")),
                AlertsSpec.Form.JSON, Optional.of(SecretReference.parse(
                        "${file:token}"))));
        assertThat(config.notices()).isEmpty();
    }

    @Test
    void whatTakesEffectReadsBack() throws IOException {
        ConfigSpec config = load(ALL_KEYS);
        String shown = EffectiveConfig.yaml(config);

        ConfigSpec again = ConfigLoader.load(Files.writeString(folder.resolve("shown.yaml"), shown),
                Map.of("HOME", "/home/user"));

        assertThat(again.scheduler()).isEqualTo(config.scheduler());
        assertThat(again.alerts()).isEqualTo(config.alerts());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "scheduler: {jobs: {health: {every: 1m, cron: '* * * * *'}}}|cron or every, not both",
            "scheduler: {jobs: {health: {every: 0s}}}|more than no time",
            "scheduler: {jobs: {verify: {timeout: 0s}}}|more than no time",
            "scheduler: {jobs: {verify: {cron: '0 0 30 2 *'}}}|a day that there is, got day 30 of month 2",
            "scheduler: {jobs: {verify: {cron: '0 0 31 4,6,9,11 *'}}}|a day that there is",
            "scheduler: {jobs: {helth: {}}}|did you mean health",
            "scheduler: {time_zone: Berlin}|a time zone such as UTC",
            "scheduler: {jobs: {drift: {misfire: later}}}|one of run_once, skip",
            "alerts: {channels: {a: {}}}|one of webhook, email and github_issue",
            "alerts: {channels: {a: {webhook: {url: 'https://hooks.example/x', format: slack}}}}|can post there",
            "alerts: {channels: {a: {webhook: {url: ftp-x}}}}|an https or http address",
            "alerts: {channels: {a: {email: {host: m, username: u, from: a@b, to: [c@d]}}}}|username and password together",
            "alerts: {channels: {a: {github_issue: {repository: x, token: '${env:T}'}}}}|owner/name"})
    void refuses(String text, String expected) {
        assertThatThrownBy(() -> load(text)).isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected);
    }

    private static JobSpec job(ConfigSpec config, JobKind kind) {
        return Objects.requireNonNull(config.scheduler().jobs().get(kind));
    }

    private ConfigSpec load(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("registry.yaml"),
                "primary_registry: {url: embedded}\n" + text);
        return ConfigLoader.load(file, Map.of("HOME", "/home/user"));
    }
}
