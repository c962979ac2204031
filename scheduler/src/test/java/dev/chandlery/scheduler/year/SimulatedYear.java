package dev.chandlery.scheduler.year;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.operation.JobKind;
import dev.chandlery.oci.Bytes;
import dev.chandlery.scheduler.history.Incident;
import dev.chandlery.scheduler.history.RunFilter;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.plan.CronTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lives through a year of weekly runs; each week is looked at, and at last the whole. */
final class SimulatedYear implements AutoCloseable {
    static final List<JobKind> WEEKLY = List.of(JobKind.HEALTH, JobKind.DETECT, JobKind.PUBLISH,
            JobKind.VERIFY, JobKind.DRIFT, JobKind.RETENTION, JobKind.GARBAGE_COLLECTION,
            JobKind.CACHE_CLEANUP);
    private static final Set<JobKind> ASK_UPSTREAM = Set.of(JobKind.DETECT, JobKind.PUBLISH,
            JobKind.DRIFT, JobKind.RETENTION);
    private static final Pattern PUBLISHED = Pattern.compile("^(\\d+) artifacts? published");
    private static final String MONDAYS = "0 6 * * 1";
    private static final int WEEKS = 52;
    private static final int RETENTION_DAYS = 90;
    private static final int HISTORY_DAYS = 60;
    private static final int CACHE_DAYS = 40;
    /** Config, layer, asset, SBOM, provenance, and four manifests. */
    private static final int FILES_OF_AN_ARTIFACT = 9;
    /** Indexes, drift and retractions, and what all artifacts share. */
    private static final int FILES_OF_RECORDS = 20;
    /** Layer, and what verification fetches. */
    private static final int CACHED_OF_A_VERSION = 8;
    private static final int FLOODED = 3;
    private static final int ROTTEN = 6;

    private final Path folder;
    private final UpstreamYear upstream;
    private final House house;
    private final List<RunRecord> runs = new ArrayList<>();
    private Instant now = Instant.now()
            .truncatedTo(ChronoUnit.SECONDS)
            .minus(Duration.ofDays(7L * (WEEKS + 1)));
    private Set<String> before = Set.of();

    /**
     * Begins.
     *
     * @param change of the jobs' work
     */
    SimulatedYear(Path folder, UnaryOperator<Function<JobName, Job>> change) throws IOException {
        this.folder = folder;
        this.upstream = new UpstreamYear(() -> now);
        this.house = new House(folder, configuration(), () -> now, change);
    }

    private String configuration() {
        return """
                primary_registry: {url: embedded, storage: registry}
                cache: {local_cache_dir: cache, max_cache_size_gb: 2, cleanup_older_than_days: %d}
                repositories: {tools: {retention_days: %d}}
                scheduler: {history_days: %d}
                security: {allowed_origins: ["%s"], minimum_trust: first-use}
                publishing:
                  schedule: "%s"
                  retry_attempts: 0
                  tool_sources:
                    widget:
                      github_repo: %s
                      github: {asset: "widget-{platform}", api: "%s"}
                      versions: 2
                      platforms: [%s]
                """.formatted(CACHE_DAYS, RETENTION_DAYS, HISTORY_DAYS, upstream.storageOrigin(),
                MONDAYS, UpstreamYear.REPOSITORY, upstream.api(), String.join(", ",
                        UpstreamYear.PLATFORMS));
    }

    /** All of it; fails where something is not as policy says. */
    void live() throws IOException {
        CronTimes mondays = new CronTimes(MONDAYS, ZoneId.of("UTC"));
        for (int week = 1; week <= WEEKS; week++) {
            now = mondays.next(now).orElseThrow();
            upstream.week(week);
            disasters(week);
            for (JobKind kind : WEEKLY) {
                RunRecord run = house.run(kind);
                runs.add(run);
                assertThat(run.result().isFailure()).as("week %d: %s", week, run)
                        .isEqualTo(fails(week, kind));
            }
            if (week != UpstreamYear.BROKEN) {
                house.pull();
            }
            look(week);
        }
        everythingOnce();
        historyIsBounded();
    }

    private void disasters(int week) throws IOException {
        Bytes file = UpstreamYear.content("1.5", UpstreamYear.PLATFORMS.getFirst());
        switch (week) {
            case FLOODED -> house.floodCache();
            case ROTTEN -> house.rot(file);
            case ROTTEN + 1 -> house.mend(file);
            default -> {
                // an ordinary week
            }
        }
    }

    private static boolean fails(int week, JobKind kind) {
        return (UpstreamYear.REFUSING.contains(week) && ASK_UPSTREAM.contains(kind))
                || (week == UpstreamYear.BROKEN && kind == JobKind.PUBLISH);
    }

    private void look(int week) throws IOException {
        assertThat(open()).as("incidents of week %d", week).isEqualTo(expectedIncidents(week));
        if (week % 4 == 1) {
            assertThat(runs.get(runs.size() - WEEKLY.size() + 1).summary()).as("week %d", week)
                    .contains("widget 1." + week);
        }
        if (week == UpstreamYear.RETRACTED + 1) {
            assertThat(house.published().tags()).as("what upstream took back is on record")
                    .anyMatch(tag -> tag.value().equals("retracted-v1.37"));
        }
        Set<String> versions = house.versions();
        if (!UpstreamYear.REFUSING.contains(week)) {
            assertThat(versions).as("versions of week %d", week)
                    .isEqualTo(upstream.kept(week, Duration.ofDays(RETENTION_DAYS)));
        }
        Set<String> lately = new HashSet<>(versions);
        lately.addAll(before); // content stays for a time of grace after its version
        before = versions;
        assertThat(house.stored()).as("content of week %d, of %s", week, lately)
                .isLessThanOrEqualTo(lately.size() * UpstreamYear.PLATFORMS.size()
                        * FILES_OF_AN_ARTIFACT + FILES_OF_RECORDS);
        assertThat(house.cached()).as("cache of week %d", week)
                .isLessThanOrEqualTo(CACHED_OF_A_VERSION);
    }

    private Set<String> open() {
        return house.wiring()
                .store()
                .incidents()
                .incidents(true, 100)
                .stream()
                .map(Incident::finding)
                .map(finding -> finding.kind().label() + " " + finding.subject())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> expectedIncidents(int week) {
        Set<String> expected = new TreeSet<>();
        WEEKLY.stream()
                .filter(kind -> fails(week, kind))
                .forEach(kind -> expected.add("job " + kind.label()));
        switch (week) {
            case FLOODED -> expected.add("registry cache " + folder.resolve("cache"));
            case ROTTEN -> expected.add("verification widget@1.5");
            case 10, 11 -> expected.add("drift widget 1.9 linux-x86_64");
            case 35 -> expected.add("drift widget 1.25 linux-x86_64");
            default -> {
                // all is well
            }
        }
        return expected;
    }

    /** One file of one release was asked for once more, as it was not there the first time. */
    private void everythingOnce() {
        long published = runs.stream()
                .filter(run -> run.job().kind() == JobKind.PUBLISH)
                .map(RunRecord::summary)
                .map(PUBLISHED::matcher)
                .filter(Matcher::find)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                .sum();
        assertThat(published).isEqualTo(upstream.files());
        assertThat(upstream.downloads()).isEqualTo(upstream.files() + 1);
    }

    private void historyIsBounded() throws IOException {
        var store = house.wiring().store();
        Instant oldest = now.minus(Duration.ofDays(HISTORY_DAYS));
        List<RunRecord> kept = store.history().runs(RunFilter.latest(RunFilter.MOST));
        assertThat(kept).hasSize((HISTORY_DAYS / 7 + 1) * WEEKLY.size())
                .noneMatch(run -> run.result() == Result.RUNNING)
                .noneMatch(run -> run.times().started().isBefore(oldest));
        assertThat(kept.stream().map(run -> run.job() + " " + run.times().scheduled()))
                .doesNotHaveDuplicates();
        assertThat(store.incidents()
                .incidents(false, RunFilter.MOST)
                .stream()
                .map(Incident::resolved)
                .flatMap(Optional::stream))
                .noneMatch(at -> at.isBefore(oldest));
        assertThat(house.historyBytes()).isLessThan(2 << 20);
    }

    @Override
    public void close() {
        try (upstream) {
            house.close();
        }
    }
}
