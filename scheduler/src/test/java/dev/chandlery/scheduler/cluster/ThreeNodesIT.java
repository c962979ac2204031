package dev.chandlery.scheduler.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.operation.JobKind;
import dev.chandlery.scheduler.history.History;
import dev.chandlery.scheduler.history.RunFilter;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.history.Store;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes with clocks that differ by seconds share a PostgreSQL. One is killed in the middle of a
 * job: another takes it over, and nothing runs twice.
 */
class ThreeNodesIT {
    private static final Map<String, Long> CLOCKS = new TreeMap<>(Map.of("slow", -3000L, "right",
            0L, "fast", 3000L));

    @TempDir
    Path folder;

    private final Map<String, Process> nodes = new TreeMap<>();

    @AfterEach
    void endAll() {
        nodes.values().forEach(Process::destroyForcibly);
    }

    @Test
    void whatAKilledNodeHadBegunIsDoneByAnother() throws IOException, InterruptedException {
        Assumptions.assumeTrue("amd64".equals(System.getProperty("os.arch")) && "Linux".equals(
                System.getProperty("os.name")), "expected Linux on x86-64 for PostgreSQL");
        Path work = Files.createDirectories(folder.resolve("postgres"));
        System.setProperty("ot.epg.working-dir", work.toString());
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(work.toFile())
                .setDataDirectory(Files.createTempDirectory(Path.of("target").toAbsolutePath(),
                        "three-nodes-"))
                .setServerConfig("fsync", "off")
                .setLocaleConfig("locale", "C") // what the environment names may not be there
                .setPGStartupWait(Duration.ofMinutes(2))
                .start()) {
            Path config = configure(server);
            for (var clock : CLOCKS.entrySet()) {
                nodes.put(clock.getKey(), start(config, clock.getKey(), clock.getValue()));
            }
            killTheOneThatRuns(config);
        }
    }

    private void killTheOneThatRuns(Path file) throws IOException, InterruptedException {
        ConfigSpec config = ConfigLoader.load(file, Map.of("HOME", folder.toString()));
        Conditions.await("the long job", () -> begun().size() == 1, this::state);
        String first = begun().getFirst();
        Conditions.await("short jobs", () -> journal().stream()
                .filter(line -> line.startsWith("end health"))
                .count() >= 3, this::state);

        Process killed = nodes.get(first);
        killed.destroyForcibly();
        assertThat(killed.waitFor(1, TimeUnit.MINUTES)).isTrue();

        Conditions.await("another to take over", () -> begun().size() == 2, this::state);
        String second = begun().getLast();
        assertThat(second).isNotEqualTo(first);
        Files.createFile(folder.resolve("release"));
        try (Store store = Store.open(config, new SecretTexts(Map.of(), folder))) {
            History history = store.history();
            Conditions.await("its end", () -> runs(history, JobKind.CACHE_CLEANUP).stream()
                    .anyMatch(run -> run.result() == Result.DONE), this::state);
            List<RunRecord> runs = runs(history, JobKind.CACHE_CLEANUP);
            assertThat(runs).hasSize(2);
            assertThat(runs).extracting(RunRecord::node).containsExactlyInAnyOrder(first, second);
            assertThat(runs).extracting(RunRecord::result)
                    .containsExactlyInAnyOrder(Result.DONE, Result.LOST);
            assertThat(begun()).hasSize(2);
            noneRanTwice(history);
        }
        nothingOverlaps(first);
    }

    private static void noneRanTwice(History history) {
        Set<Object> times = new HashSet<>();
        for (RunRecord run : runs(history, JobKind.HEALTH)) {
            if (run.result() == Result.DONE) {
                assertThat(times.add(run.times().scheduled())).as("run %s", run).isTrue();
            }
        }
        assertThat(times).hasSizeGreaterThanOrEqualTo(3);
    }

    /** Of each job one at a time, except that what the killed node began has no end. */
    private void nothingOverlaps(String killed) {
        Map<String, String> running = new TreeMap<>();
        for (String line : journal()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("begin")) {
                String before = running.put(words[1], words[2]);
                assertThat(before).as(line + " in " + journal()).isIn(null, killed);
            } else {
                assertThat(running.remove(words[1])).as(line).isEqualTo(words[2]);
            }
        }
    }

    private static List<RunRecord> runs(History history, JobKind kind) {
        return history.runs(new RunFilter(Optional.of(JobName.of(kind)), Optional.empty(), Optional
                .empty(), 1000));
    }

    private List<String> begun() {
        String line = "begin " + ClusterNode.LONG_JOB + " ";
        return journal().stream()
                .filter(each -> each.startsWith(line))
                .map(each -> each.substring(line.length()))
                .toList();
    }

    private List<String> journal() {
        try {
            Path file = folder.resolve("journal");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String state() {
        StringBuilder text = new StringBuilder(journal().toString());
        CLOCKS.keySet()
                .forEach(node -> text.append('\n')
                        .append(node)
                        .append(": ")
                        .append(log(
                                node)));
        return text.toString();
    }

    private String log(String node) {
        try {
            return Files.readString(folder.resolve(node + ".log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Path configure(EmbeddedPostgres server) throws IOException {
        return Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, storage: registry}
                cache: {local_cache_dir: cache}
                scheduler:
                  database: {url: "jdbc:postgresql://localhost:%d/postgres", username: postgres, connections: 6}
                  jobs:
                    health: {every: 2s}
                    cache_cleanup: {every: 30d}
                    garbage_collection: {enabled: false}
                """.formatted(server.getPort()));
    }

    private Process start(Path config, String node, long offset) throws IOException {
        Path agent = ShiftedClockAgent.jar(folder.resolve(node + ".jar"));
        return new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-javaagent:" + agent + "=" + offset, "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), ClusterNode.class.getName(), config
                        .toString(), node, Long.toString(offset)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(node + ".log").toFile())
                .start();
    }
}
