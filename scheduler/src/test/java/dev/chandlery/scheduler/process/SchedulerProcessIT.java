package dev.chandlery.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code scheduler} as people and service managers have it: started, stopped, killed, configured anew, and twice.
 * Its job waits for an upstream that does not answer.
 */
class SchedulerProcessIT {
    private static final String INFO = "logging: {level: INFO}\n";

    @TempDir
    Path folder;

    private HttpServer upstream;
    private volatile CountDownLatch asked = new CountDownLatch(1);

    @BeforeEach
    void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        upstream.createContext("/", _ -> asked.countDown()); // and nothing more
        upstream.start();
        configure("detect: {every: 1h}", INFO + "scheduler: {stop_within: 1s, jobs: {");
    }

    @AfterEach
    void stop() {
        upstream.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aJobThatRunsIsStoppedAndWrittenDown(String signal, int code) throws Exception {
        try (SchedulerProcess scheduler = SchedulerProcess.start(folder, "run", "run")) {
            awaitAsked(scheduler);
            assertThat(scheduler.signal(signal)).isEqualTo(code);
            assertThat(scheduler.log()).contains("stopping", "detect stopped:")
                    .doesNotContain("Exception", "\tat ");
        }
        assertThat(history()).contains("\"stopped\"", "the next run goes on from here");
        assertNothingIsLeft();
        asked = new CountDownLatch(1);
        try (SchedulerProcess scheduler = SchedulerProcess.start(folder, "again", "run")) {
            awaitAsked(scheduler); // it goes on at once
        }
    }

    @Test
    void onceIsStoppedAndWrittenDown() throws Exception {
        try (SchedulerProcess once = SchedulerProcess.start(folder, "once", "once", "detect")) {
            awaitAsked(once);
            assertThat(SchedulerProcess.ask(folder, "once", "detect")).contains(
                    "skipped: runs already on").endsWith("exit code 1");
            assertThat(once.signal("INT")).isEqualTo(130);
        }
        assertThat(history()).contains("\"stopped\"").doesNotContain("\"running\"");
        assertNothingIsLeft();
    }

    @Test
    void whatWasKilledIsLostAndRunAgain() throws Exception {
        try (SchedulerProcess scheduler = SchedulerProcess.start(folder, "run", "run")) {
            awaitAsked(scheduler);
            assertThat(scheduler.signal("KILL")).isEqualTo(137);
        }
        assertNoTemporaryFiles("sqlite");
        asked = new CountDownLatch(1);
        try (SchedulerProcess scheduler = SchedulerProcess.start(folder, "again", "run")) {
            awaitAsked(scheduler);
            assertThat(scheduler.log()).contains("detect: a run ended without a word");
            assertThat(history()).contains("\"lost\"", "\"running\"");
            scheduler.signal("TERM");
        }
        assertThat(history()).doesNotContain("\"running\"");
    }

    /** Nobody holds its lock, which whoever looks finds out. */
    @Test
    void whatWasKilledIsLostToWhoeverLooks() throws Exception {
        try (SchedulerProcess scheduler = SchedulerProcess.start(folder, "run", "run")) {
            awaitAsked(scheduler);
            assertThat(history()).contains("\"running\"");
            assertThat(scheduler.signal("KILL")).isEqualTo(137);
        }
        assertThat(history()).contains("\"lost\"").doesNotContain("\"running\"");
    }

    @Test
    void aJobThatIsSkippedAfterAKillIsNotShownAsRunning() throws Exception {
        configure("detect: {every: 1h, misfire: skip}", INFO
                + "scheduler: {stop_within: 1s, jobs: {");
        try (SchedulerProcess once = SchedulerProcess.start(folder, "once", "once", "detect")) {
            awaitAsked(once);
            once.signal("KILL");
        }
        configure("drift: {every: 30d, jitter: 1h}", INFO + "scheduler: {stop_within: 1s, jobs: {");
        try (SchedulerProcess scheduler = SchedulerProcess.start(folder, "run", "run")) {
            scheduler.await("runs 1 jobs");
            assertThat(history()).contains("\"lost\"").doesNotContain("\"running\"");
            long start = System.nanoTime();
            scheduler.signal("TERM"); // in the middle of its jitter
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MINUTES.toNanos(1));
        }
    }

    @Test
    void oneOfTwoInAFolderStandsByUntilTheOtherIsGone() throws Exception {
        try (SchedulerProcess first = SchedulerProcess.start(folder, "first", "run")) {
            awaitAsked(first);
            asked = new CountDownLatch(1);
            try (SchedulerProcess second = SchedulerProcess.start(folder, "second", "run")) {
                second.await("standing by");
                assertThat(asked.getCount()).isEqualTo(1);
                first.signal("KILL");
                awaitAsked(second);
                second.signal("TERM");
            }
        }
        assertThat(history()).contains("\"lost\"", "\"stopped\"");
    }

    @Test
    void changesOfTheFileAreTakenOrTold() throws Exception {
        configure("drift: {cron: \"0 0 1 1 *\"}", INFO + "scheduler: {stop_within: 1s, jobs: {");
        try (SchedulerProcess scheduler = SchedulerProcess.start(folder, "run", "run")) {
            scheduler.await("runs 1 jobs");
            configure("detect: {every: never}", INFO + "scheduler: {stop_within: 1s, jobs: {");
            scheduler.await("is wrong, the one before stays:").await("every");
            assertThat(asked.getCount()).isEqualTo(1);
            configure("detect: {every: 1h}", "alerts: {most_per_hour: 7}\nlogging: {level: DEBUG,"
                    + " audit_enabled: false}\nscheduler: {history_days: 5, stop_within: 1s, jobs: {");
            awaitAsked(scheduler);
            scheduler.await("alerts, logging, scheduler.database, state_dir or history_days of")
                    .await("drift is no longer scheduled");
            Files.delete(folder.resolve("registry.yaml"));
            scheduler.await("cannot be read");
            assertThat(scheduler.signal("TERM")).isEqualTo(143);
        }
    }

    private void awaitAsked(SchedulerProcess scheduler) throws InterruptedException {
        scheduler.await(() -> asked.getCount() == 0, "a request to upstream");
    }

    private String history() {
        return SchedulerProcess.ask(folder, "history", "-o", "json");
    }

    /** Files that only a process needs: no work, no library of SQLite, no lock that somebody holds. */
    private void assertNothingIsLeft() throws IOException {
        assertNoTemporaryFiles("");
        Path work = folder.resolve("cache/work");
        if (Files.exists(work)) {
            try (Stream<Path> files = Files.walk(work)) {
                assertThat(files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith(".lock"))).isEmpty();
            }
        }
    }

    /** None whose name has that in it. */
    private void assertNoTemporaryFiles(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("tmp"))) {
            assertThat(files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().contains(name))).isEmpty();
        }
    }

    private void configure(String job, String before) throws IOException {
        String off = Stream.of("health", "detect", "publish", "cache_cleanup", "retention",
                "garbage_collection", "verify", "drift")
                .filter(name -> !job.startsWith(name))
                .map(name -> name + ": {enabled: false}, ")
                .reduce("", String::concat);
        Path written = Files.writeString(folder.resolve("registry.yaml.new"), """
                primary_registry: {url: embedded, storage: registry}
                cache: {local_cache_dir: cache}
                %s
                publishing:
                  retry_attempts: 0
                  tool_sources:
                    hello:
                      platforms: [linux-x86_64]
                      http:
                        url: "http://127.0.0.1:%d/{version}"
                        versions_url: "http://127.0.0.1:%2$d/versions"
                """.formatted(before + off + job + "}}", upstream.getAddress().getPort()));
        Files.move(written, folder.resolve("registry.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }
}
