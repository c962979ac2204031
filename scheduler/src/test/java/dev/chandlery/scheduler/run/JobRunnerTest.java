package dev.chandlery.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.operation.JobKind;
import dev.chandlery.config.operation.JobSpec;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.concurrent.RunId;
import dev.chandlery.scheduler.alert.Alerts;
import dev.chandlery.scheduler.history.History;
import dev.chandlery.scheduler.history.RunFilter;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.history.Store;
import dev.chandlery.scheduler.job.Finding;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.lock.JobLocks;
import dev.chandlery.scheduler.plan.JobPlan;
import dev.chandlery.scheduler.run.RunRequest.Reason;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunnerTest {
    private static final JobName JOB = JobName.of(JobKind.PUBLISH);
    private static final Instant TIME = Instant.parse("2026-01-05T06:00:00Z");

    @TempDir
    Path folder;

    private Store store;
    private volatile Job work = () -> Outcome.of(Result.DONE, "done");

    @BeforeEach
    void open() throws IOException {
        Path file = Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded}
                cache: {local_cache_dir: cache}
                """);
        ConfigSpec config = ConfigLoader.load(file, Map.of("HOME", folder.toString()));
        store = Store.open(config, new SecretTexts(Map.of(), folder));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theSameTimeIsRunOnceOnly() {
        AtomicInteger count = new AtomicInteger();
        work = () -> Outcome.of(Result.DONE, "run " + count.incrementAndGet());
        JobRunner runner = runner(new Executions(_ -> work));

        assertThat(runner.run(request(TIME, Reason.CLOCK))).isPresent();
        assertThat(runner.run(request(TIME, Reason.CLOCK))).isEmpty();
        assertThat(runner.run(request(TIME, Reason.RECOVERY))).isEmpty();
        assertThat(runner.run(request(TIME, Reason.HAND))).isPresent();
        assertThat(count).hasValue(2);
    }

    @Test
    void neverTwiceAtOnce() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        work = () -> {
            began.countDown();
            waitFor(go);
            return Outcome.of(Result.DONE, "done");
        };
        JobRunner runner = runner(new Executions(_ -> work));
        CompletableFuture<Optional<RunRecord>> first = CompletableFuture.supplyAsync(() -> runner
                .run(request(TIME, Reason.HAND)));
        began.await();

        RunRecord second = runner.run(request(TIME, Reason.HAND)).orElseThrow();

        assertThat(second.result()).isEqualTo(Result.SKIPPED);
        assertThat(second.summary()).contains("runs already on here since");
        go.countDown();
        assertThat(first.join().orElseThrow().result()).isEqualTo(Result.DONE);
    }

    @Test
    void whatTakesTooLongIsInterruptedAndRecorded() {
        work = () -> {
            waitFor(new CountDownLatch(1));
            return Outcome.of(Result.DONE, "never");
        };
        JobRunner runner = runner(new Executions(_ -> work));

        RunRecord run = runner.run(request(TIME, Reason.CLOCK, Duration.ofMillis(200)))
                .orElseThrow();

        assertThat(run.result()).isEqualTo(Result.TIMED_OUT);
        assertThat(store.incidents().incidents(true, 10)).singleElement()
                .satisfies(incident -> assertThat(incident.finding().subject()).isEqualTo(
                        "publish"));
    }

    @Test
    void aStopIsNoFailure() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        work = () -> {
            began.countDown();
            waitFor(new CountDownLatch(1));
            return Outcome.of(Result.DONE, "never");
        };
        Executions executions = new Executions(_ -> work);
        JobRunner runner = runner(executions);
        CompletableFuture<Optional<RunRecord>> run = CompletableFuture.supplyAsync(() -> runner.run(
                request(TIME, Reason.CLOCK)));
        began.await();

        executions.interrupt();

        assertThat(run.join().orElseThrow().result()).isEqualTo(Result.STOPPED);
        assertThat(store.incidents().incidents(true, 10)).isEmpty();
        assertThat(runner.run(request(TIME, Reason.CLOCK))).isEmpty();
    }

    @Test
    void whatWasLostIsRunAgainAndToldApart() {
        RunRecord lost = new RunRecord("lost-1", JOB, new RunRecord.Times(TIME, TIME, Optional
                .empty()), "gone", 1, Result.RUNNING, "");
        store.history().begin(lost);

        RunRecord run = runner(new Executions(_ -> work)).run(request(TIME, Reason.RECOVERY))
                .orElseThrow();

        assertThat(run.attempt()).isEqualTo(2);
        assertThat(store.history().runs(RunFilter.latest(10))).extracting(RunRecord::result)
                .containsExactlyInAnyOrder(Result.DONE, Result.LOST);
    }

    @Test
    void whoWaitsForItsTurnIsNotWaitedFor() {
        Executions executions = new Executions(_ -> work);
        JobRunner runner = runner(executions);
        CompletableFuture<Optional<RunRecord>> jitter = CompletableFuture.supplyAsync(() -> runner
                .run(new RunRequest(request(TIME, Reason.CLOCK).plan(), TIME, Reason.CLOCK, Duration
                        .ofHours(1))));
        CompletableFuture<Optional<RunRecord>> recovery;
        try (JobLocks.Held _ = JobLocks.of(store).tryTake(JOB.toString()).orElseThrow()) {
            recovery = CompletableFuture.supplyAsync(() -> runner.run(request(TIME,
                    Reason.RECOVERY)));
            executions.drain();

            assertThat(recovery.orTimeout(10, TimeUnit.SECONDS).join()).isEmpty();
        }
        assertThat(jitter.orTimeout(10, TimeUnit.SECONDS).join()).isEmpty();
        assertThat(store.history().runs(RunFilter.latest(10))).isEmpty();
    }

    @Test
    void whatAKilledProcessRanIsLostAsSoonAsAnotherStarts() {
        begin("lost-1", JOB);
        JobName other = JobName.of(JobKind.DRIFT);
        begin("alive-1", other);
        JobRunner runner = runner(new Executions(_ -> work));
        try (JobLocks.Held _ = JobLocks.of(store).tryTake(other.toString()).orElseThrow()) {
            runner.markLost();
        }
        assertThat(store.history().runs(RunFilter.latest(10))).extracting(run -> run.id() + " "
                + run.result()).containsExactlyInAnyOrder("lost-1 LOST", "alive-1 RUNNING");
    }

    private void begin(String id, JobName job) {
        store.history()
                .begin(new RunRecord(id, job, new RunRecord.Times(TIME, TIME, Optional.empty()),
                        "gone", 1, Result.RUNNING, ""));
    }

    @Test
    void anErrorOfTheMachineIsAFailureOfTheRun() {
        work = () -> {
            throw new StackOverflowError();
        };
        RunRecord run = runner(new Executions(_ -> work)).run(request(TIME, Reason.CLOCK))
                .orElseThrow();
        assertThat(run.result()).isEqualTo(Result.FAILED);
        assertThat(run.summary()).contains("StackOverflowError");
        assertThat(store.history().runs(RunFilter.latest(1)).getFirst().result()).isEqualTo(
                Result.FAILED);
    }

    @Test
    void aRunOfAClockThatWasWrongKeepsNobodyFromRunning() {
        store.history()
                .begin(new RunRecord("future-1", JOB, new RunRecord.Times(TIME.plus(Duration.ofDays(
                        1000)), TIME.plus(Duration.ofDays(1000)), Optional.empty()), "here", 1,
                        Result.RUNNING, ""));
        store.history().end("future-1", TIME.plus(Duration.ofDays(1000)), Result.DONE, "done");

        assertThat(runner(new Executions(_ -> work)).run(request(TIME, Reason.CLOCK))).isPresent();
    }

    @Test
    void theEndIsWrittenWhenTheDatabaseIsBack() {
        AtomicInteger away = new AtomicInteger(2);
        History history = store.history();
        History flaky = (History) Proxy.newProxyInstance(History.class.getClassLoader(),
                new Class<?>[]{History.class}, (_, method, arguments) -> {
                    if (method.getName().equals("end") && away.getAndDecrement() > 0) {
                        throw new StorageException("cannot write the scheduler's history: away",
                                new IOException("away"));
                    }
                    return method.invoke(history, arguments);
                });
        Executions executions = new Executions(_ -> work);

        RunRecord run = new JobRunner(parts(flaky), executions).run(request(TIME, Reason.CLOCK))
                .orElseThrow();

        assertThat(run.result()).isEqualTo(Result.DONE);
        assertThat(history.runs(RunFilter.latest(1)).getFirst().result()).isEqualTo(Result.DONE);
    }

    @Test
    void textsOfOthersAreBounded() {
        work = () -> new Outcome(Result.FAILED, "x\0" + "y".repeat(100_000), List.of(new Finding(
                Finding.Kind.DRIFT, "s\0" + "z".repeat(100_000), "t".repeat(100_000))), Set.of());

        runner(new Executions(_ -> work)).run(request(TIME, Reason.CLOCK));

        assertThat(store.history().runs(RunFilter.latest(1)).getFirst().summary()).hasSizeLessThan(
                3_000).doesNotContain("\0");
        assertThat(store.incidents().incidents(true, 10)).hasSize(2)
                .allSatisfy(incident -> assertThat(incident.finding().subject() + incident.finding()
                        .text()).hasSizeLessThan(20_000).doesNotContain("\0"));
    }

    @Test
    void theWorkKnowsItsRun() {
        work = () -> Outcome.of(Result.DONE, RunId.current().orElse("none"));

        RunRecord run = runner(new Executions(_ -> work)).run(request(TIME, Reason.CLOCK))
                .orElseThrow();

        assertThat(run.summary()).isEqualTo(run.id());
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot go on: interrupted");
        }
    }

    private static RunRequest request(Instant scheduled, Reason reason) {
        return request(scheduled, reason, Duration.ofHours(1));
    }

    private static RunRequest request(Instant scheduled, Reason reason, Duration timeout) {
        return new RunRequest(new JobPlan(JOB, Optional.empty(), JobSpec.Misfire.RUN_ONCE,
                Duration.ZERO, timeout), scheduled, reason);
    }

    private JobRunner.Parts parts(History history) {
        JobLocks locks = JobLocks.of(store);
        Alerts alerts = new Alerts(new TreeMap<>(), new Alerts.Limits("here", 1, () -> TIME), store
                .deliveries(), locks);
        return new JobRunner.Parts(history, store.incidents(), locks, alerts, new Setting("here",
                () -> TIME, Duration.ofDays(1)));
    }

    private JobRunner runner(Executions executions) {
        return new JobRunner(parts(store.history()), executions);
    }
}
