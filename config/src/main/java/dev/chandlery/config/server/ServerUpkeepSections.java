package dev.chandlery.config.server;

import dev.chandlery.config.server.ServerUpkeepSpec.Collection;
import dev.chandlery.config.server.ServerUpkeepSpec.Quota;
import dev.chandlery.config.server.ServerUpkeepSpec.Retention;
import dev.chandlery.config.value.Numbers;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code quotas}, {@code collection} and {@code retention} of {@code registry_server}. */
final class ServerUpkeepSections {
    private static final int MINUTES_A_YEAR = 525_600;
    private static final int HOURS_A_YEAR = 8_760;
    private static final String GLOB =
            "glob of names: * is any text within a component, ** across them";

    private static final Key<Quota, String> QUOTA_OF = Key.required("repositories",
            ServerTexts.REPOSITORIES, GLOB, Quota::repositories);
    private static final Key<Quota, Long> MAX = Key.required("max_gb", Numbers.gibibytes(),
            "that each of them may hold, in GiB", Quota::maxBytes);

    static final Section<Quota> QUOTA = new Section<>(List.of(QUOTA_OF, MAX),
            ServerUpkeepSections::quota);

    private static final Key<Collection, Boolean> ENABLED = Key.of("enabled", new BooleanType(),
            "whether the running server collects", Collection::enabled).or(true);
    private static final Key<Collection, Duration> INTERVAL = Key.of("interval_minutes", Numbers
            .times(ChronoUnit.MINUTES, 1, MINUTES_A_YEAR), "between two collections",
            Collection::interval).or(Duration.ofHours(1));
    private static final Key<Collection, Duration> GRACE = Key.of("grace_hours", Numbers.times(
            ChronoUnit.HOURS, 1, HOURS_A_YEAR),
            "how long content stays that nothing names: longer than any push takes",
            Collection::grace).or(Duration.ofHours(24));
    private static final Key<Collection, Duration> UNTAGGED = Key.optional("untagged_after_days",
            days(1), "age from which manifests without tag go; default: never",
            Collection::untaggedAfter);

    private static final Key<Collection, List<Path>> LOCKED = Key.of("locked", ListType.of(
            Texts.FILE),
            "files of which all digests stay, whatever their format; nothing goes while one cannot be read",
            Collection::locked).or(List.of());

    static final Section<Collection> COLLECTION = new Section<>(List.of(ENABLED, INTERVAL, GRACE,
            UNTAGGED, LOCKED), values -> new Collection(values.get(ENABLED), values.get(INTERVAL),
                    values.get(GRACE), values.find(UNTAGGED), values.get(LOCKED)));

    private static final Key<Retention, String> RETENTION_OF = Key.required("repositories",
            ServerTexts.REPOSITORIES, GLOB, Retention::repositories);
    private static final Key<Retention, Integer> KEEP_LAST = Key.optional("keep_last", NumberType
            .whole(1, 1_000_000, "manifests"),
            "how many of the newest manifests stay, whatever their number of tags",
            Retention::keepLast);
    private static final Key<Retention, List<String>> KEEP_TAGS = Key.of("keep_tags", ListType.of(
            ServerTexts.TAGS), "globs with * and ?: what has such a tag stays", Retention::keepTags)
            .or(List.of());
    private static final Key<Retention, Duration> OLDER = Key.optional("older_than_days", days(0),
            "age below which manifests stay", Retention::olderThan);

    static final Section<Retention> RETENTION = new Section<>(List.of(RETENTION_OF, KEEP_LAST,
            KEEP_TAGS, OLDER), ServerUpkeepSections::retention);

    private ServerUpkeepSections() {}

    private static NumberType<Duration> days(int least) {
        return Numbers.times(ChronoUnit.DAYS, least, Numbers.MOST_DAYS);
    }

    private static Quota quota(Values values) {
        String repositories = values.find(QUOTA_OF)
                .orElseThrow(() -> values.invalid(
                        "repositories is missing: a glob such as team/**"));
        if (!values.has(MAX)) {
            throw values.invalid("max_gb is missing");
        }
        return new Quota(repositories, Numbers.aboveZero(values, MAX));
    }

    private static Retention retention(Values values) {
        String repositories = values.find(RETENTION_OF)
                .orElseThrow(() -> values.invalid(
                        "repositories is missing: a glob such as team/**"));
        if (!values.has(KEEP_LAST) && !values.has(OLDER)) {
            throw values.invalid("expected keep_last or older_than_days, or both;"
                    + " older_than_days: 0 removes whatever keep_tags does not keep");
        }
        return new Retention(repositories, values.find(KEEP_LAST), values.get(KEEP_TAGS), values
                .find(OLDER));
    }
}
