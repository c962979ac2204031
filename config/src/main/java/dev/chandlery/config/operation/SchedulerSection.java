package dev.chandlery.config.operation;

import dev.chandlery.config.operation.JobSpec.Misfire;
import dev.chandlery.config.operation.SchedulerSpec.Store;
import dev.chandlery.config.server.ServerStorageSections;
import dev.chandlery.config.server.ServerStorageSpec;
import dev.chandlery.config.value.Numbers;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.ChoiceType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.Values;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code scheduler}. */
public final class SchedulerSection {
    private static final int HISTORY_DAYS = 90;
    private static final TextType<ZoneId> ZONE_TYPE = TextType.of(SchedulerSection::parseZone,
            ZoneId::getId).withSchema("examples", List.of("UTC", "Europe/Berlin"));

    private static final Key<JobSpec, Boolean> ENABLED = Key.optional("enabled",
            new BooleanType(), "whether it runs by itself; default: when there is work for it",
            JobSpec::enabled);
    private static final Key<JobSpec, String> CRON = Key.optional("cron", TextType.of(
            Schedule::parse, text -> text),
            "expression of five fields: minute, hour, day of month, month, day of week",
            JobSpec::cron);
    private static final Key<JobSpec, Duration> EVERY = Key.optional("every", Texts.AGE,
            "time between two starts, such as 5m; instead of cron", JobSpec::every);
    private static final Key<JobSpec, ZoneId> JOB_ZONE = Key.optional("time_zone", ZONE_TYPE,
            "of cron; default: the scheduler's", JobSpec::zone);
    private static final Key<JobSpec, Misfire> MISFIRE = Key.of("misfire", ChoiceType.of(
            Misfire.class), "what happens to runs that were missed: one makes up for all, or none",
            (JobSpec job) -> job.run().misfire()).or(Misfire.RUN_ONCE);
    private static final Key<JobSpec, Duration> JITTER = Key.of("jitter", Texts.AGE,
            "longest time by which a run starts late, chosen anew for each",
            (JobSpec job) -> job.run().jitter()).or(Duration.ZERO);
    private static final Key<JobSpec, Duration> TIMEOUT = Key.optional("timeout", Texts.AGE,
            "after which a run is interrupted; default: 2m for health, 2h for others",
            job -> job.run().timeout());
    private static final Section<JobSpec> JOB = new Section<>(List.of(ENABLED, CRON, EVERY,
            JOB_ZONE, MISFIRE, JITTER, TIMEOUT), SchedulerSection::job);

    private static final Map<JobKind, Key<SortedMap<JobKind, JobSpec>, JobSpec>> JOB_KEYS =
            jobKeys();
    private static final Section<SortedMap<JobKind, JobSpec>> JOBS_SECTION = new Section<>(List
            .copyOf(JOB_KEYS.values()), SchedulerSection::jobs);

    private static final Key<SchedulerSpec, Path> FOLDER = Key.optional("state_dir", Texts.FOLDER,
            "folder of the history; default: state in local_cache_dir", spec -> spec.store()
                    .folder());
    private static final Key<SchedulerSpec, ServerStorageSpec.Database> DATABASE = Key.optional(
            "database", ServerStorageSections.DATABASE_SECTION,
            "PostgreSQL, for several schedulers that share the work; default: a file in state_dir",
            spec -> spec.store().database());
    private static final Key<SchedulerSpec, Integer> HISTORY = Key.of("history_days", NumberType
            .whole(1, Numbers.MOST_DAYS, "days"),
            "after which runs and resolved incidents are forgotten",
            (SchedulerSpec spec) -> spec.store().historyDays()).or(HISTORY_DAYS);
    private static final Key<SchedulerSpec, ZoneId> ZONE = Key.of("time_zone", ZONE_TYPE,
            "that cron expressions are in", SchedulerSpec::zone).or(ZoneId.of("UTC"));
    private static final Key<SchedulerSpec, Duration> STOP = Key.of("stop_within", Texts.AGE,
            "how long a stop waits for jobs that run before it interrupts them",
            SchedulerSpec::stopWithin).or(Duration.ofSeconds(30));
    private static final Key<SchedulerSpec, SortedMap<JobKind, JobSpec>> JOBS = Key.of("jobs",
            JOBS_SECTION, "when each of them runs", SchedulerSpec::jobs)
            .orGet(JOBS_SECTION::defaults);

    public static final Section<SchedulerSpec> SECTION = new Section<>(List.of(FOLDER, DATABASE,
            HISTORY,
            ZONE, STOP, JOBS), values -> new SchedulerSpec(new Store(values.find(FOLDER), values
                    .find(DATABASE), values.get(HISTORY)), values.get(ZONE), values.get(STOP),
                    values.get(JOBS)));

    private SchedulerSection() {}

    private static Map<JobKind, Key<SortedMap<JobKind, JobSpec>, JobSpec>> jobKeys() {
        Map<JobKind, Key<SortedMap<JobKind, JobSpec>, JobSpec>> keys = new EnumMap<>(JobKind.class);
        Arrays.stream(JobKind.values()).forEach(kind -> keys.put(kind, jobKey(kind)));
        return new LinkedHashMap<>(keys);
    }

    private static Key<SortedMap<JobKind, JobSpec>, JobSpec> jobKey(JobKind kind) {
        String usual = switch (kind) {
            case HEALTH -> "every health_check_interval of monitoring";
            case DETECT -> "cron 0 5 * * *";
            case PUBLISH -> "schedule of publishing, in UTC, where auto_publish is on";
            case CACHE_CLEANUP -> "cron 30 3 * * *";
            case RETENTION -> "cron 0 4 * * *, where a group has retention_days";
            case GARBAGE_COLLECTION -> "cron 30 4 * * *, where the registry is embedded";
            case MIRROR -> "cron 0 2 * * *, where there are backup registries";
            case VERIFY -> "cron 0 1 * * 0";
            case DRIFT -> "cron 0 7 * * *";
        };
        return Key.of(kind.key(), JOB, "default: " + usual,
                (SortedMap<JobKind, JobSpec> jobs) -> Objects.requireNonNull(jobs.get(kind)))
                .orGet(JOB::defaults);
    }

    private static SortedMap<JobKind, JobSpec> jobs(Values values) {
        SortedMap<JobKind, JobSpec> jobs = new TreeMap<>();
        JOB_KEYS.forEach((kind, key) -> jobs.put(kind, values.get(key)));
        return jobs;
    }

    private static JobSpec job(Values values) {
        if (values.find(EVERY).filter(Duration::isZero).isPresent()) {
            throw values.invalid(EVERY, "expected more than no time");
        }
        if (values.find(TIMEOUT).filter(Duration::isZero).isPresent()) {
            throw values.invalid(TIMEOUT, "expected more than no time");
        }
        return new JobSpec(values.find(ENABLED), values.find(CRON), values.find(EVERY), values.find(
                JOB_ZONE), new JobSpec.Run(values.get(MISFIRE), values.get(JITTER), values.find(
                        TIMEOUT)));
    }

    private static ZoneId parseZone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "expected a time zone such as UTC or Europe/Berlin", e);
        }
    }
}
