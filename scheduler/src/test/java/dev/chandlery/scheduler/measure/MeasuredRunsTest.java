package dev.chandlery.scheduler.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.metrics.PrometheusMetrics;
import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.scheduler.history.Store;
import dev.chandlery.scheduler.job.Finding;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.plan.JobPlan;
import dev.chandlery.scheduler.plan.JobPlans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredRunsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse(
            "2026-03-02T06:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void runsIncidentsAndWhatIsDueAreTold() throws IOException {
        ConfigSpec config = ConfigLoader.load(Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, storage: registry}
                cache: {local_cache_dir: cache}
                """), Map.of());
        List<JobPlan> plans = JobPlans.of(config);
        JobName first = plans.getFirst().name();
        try (Store store = Store.open(config, new SecretTexts(Map.of(), folder));
                PrometheusMetrics metrics = PrometheusMetrics.ofRun()) {
            MeasuredRuns runs = new MeasuredRuns(metrics, CLOCK);
            runs.began(first);
            runs.ended(first, Result.NOTHING_TO_DO, Duration.ofSeconds(1));
            runs.began(first);
            runs.ended(first, Result.TIMED_OUT, Duration.ofSeconds(1));
            store.incidents()
                    .observe(CLOCK.instant(), List.of(new Finding(Finding.Kind.DRIFT, "protoc",
                            "changed")), Set.of());

            new ServiceFigures(metrics, store, () -> plans, CLOCK).measure();
            assertThat(metrics.scrape()).contains(
                    "chandlery_jobs_seconds_count{result=\"nothing-to-do\",task=\"" + first
                            + "\"} 1",
                    "chandlery_jobs_seconds_count{result=\"timed-out\",task=\"" + first + "\"} 1",
                    "chandlery_job_last_success_timestamp_seconds{task=\"" + first + "\"} 1.7724",
                    "chandlery_jobs_running 0.0", "chandlery_incidents_open{kind=\"drift\"} 1.0",
                    "chandlery_incidents_open{kind=\"registry\"} 0.0",
                    "chandlery_job_next_timestamp_seconds{task=");
        }
    }
}
