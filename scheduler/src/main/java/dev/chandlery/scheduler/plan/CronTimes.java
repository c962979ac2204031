package dev.chandlery.scheduler.plan;

import dev.chandlery.config.operation.CronSpec;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/**
 * A cron expression of five fields as Quartz takes it: with seconds in front, days of the week counted from
 * 1 for Sunday, and one of the two day fields left open. Where both are restricted, one expression for each
 * stands for "either"; for "both", the one of the week is narrowed by {@link #covers}.
 *
 * <p>Values are listed one by one, so that nothing depends on what Quartz makes of steps and ranges.
 *
 * @param text of the five fields
 * @param zone that it is in
 */
public record CronTimes(String text, ZoneId zone) {
    /** Days of a month and of a week, when a field says nothing. */
    private static final int MONTH_DAYS = 31;
    private static final int WEEK_DAYS = 7;
    private static final int HOURS = 24;
    private static final int MONTHS = 12;
    private static final int SECONDS_OF_AN_HOUR = 3_600;
    /** More than any pair of days of month and week needs until it meets again. */
    private static final int MOST_STEPS = 2_000;

    public CronTimes {
        CronSpec.parse(text);
    }

    /** One expression of Quartz, or two that each name some of the times. */
    public List<String> expressions() {
        CronSpec spec = CronSpec.parse(text);
        CronSpec.Days days = spec.days();
        boolean anyOfMonth = days.ofMonth().size() == MONTH_DAYS;
        boolean anyOfWeek = days.ofWeek().size() == WEEK_DAYS;
        if (days.either() && (anyOfMonth || anyOfWeek)) {
            return List.of(expression(spec, "*", "?"));
        }
        String month = anyOfMonth ? "*" : list(days.ofMonth().stream());
        String week = list(days.ofWeek().stream().map(day -> day + 1));
        if (days.either()) {
            return List.of(expression(spec, month, "?"), expression(spec, "?", week));
        }
        return List.of(anyOfWeek ? expression(spec, month, "?") : expression(spec, "?", week));
    }

    /**
     * The zone in which {@link #expressions} name the times. What comes each hour of each day has none: in the zone
     * itself Quartz would leave out the hour that autumn repeats.
     */
    public ZoneId clockZone() {
        CronSpec spec = CronSpec.parse(text);
        boolean always = spec.hours().size() == HOURS && spec.months().size() == MONTHS && spec
                .days()
                .ofMonth()
                .size() == MONTH_DAYS && spec.days().ofWeek().size() == WEEK_DAYS;
        return always && hasWholeHours() ? ZoneOffset.UTC : zone;
    }

    /** Minutes are the same in it as in UTC. */
    private boolean hasWholeHours() {
        ZoneRules rules = zone.getRules();
        return Stream.concat(Stream.of(rules.getOffset(Instant.now())), rules.getTransitionRules()
                .stream()
                .map(ZoneOffsetTransitionRule::getOffsetAfter))
                .allMatch(offset -> offset.getTotalSeconds() % SECONDS_OF_AN_HOUR == 0);
    }

    /** Whether a time that one of the {@link #expressions} names is meant. */
    public boolean covers(Instant time) {
        CronSpec.Days days = CronSpec.parse(text).days();
        boolean narrowed = !days.either() && days.ofMonth().size() < MONTH_DAYS && days.ofWeek()
                .size() < WEEK_DAYS;
        return !narrowed || days.match(time.atZone(zone));
    }

    /** The first time after that one; empty when there is none, as with 30 February. */
    public Optional<Instant> next(Instant after) {
        List<CronExpression> parsed = new ArrayList<>();
        expressions().forEach(each -> parsed.add(parse(each)));
        Instant from = after;
        for (int i = 0; i < MOST_STEPS; i++) {
            Date start = Date.from(from);
            Optional<Instant> found = parsed.stream()
                    .map(each -> Optional.ofNullable(each.getNextValidTimeAfter(start)))
                    .flatMap(Optional::stream)
                    .map(Date::toInstant)
                    .min(Instant::compareTo);
            if (found.isEmpty() || covers(found.get())) {
                return found;
            }
            from = found.get();
        }
        return Optional.empty();
    }

    private CronExpression parse(String expression) {
        try {
            CronExpression parsed = new CronExpression(expression);
            parsed.setTimeZone(TimeZone.getTimeZone(clockZone()));
            return parsed;
        } catch (ParseException e) {
            throw new IllegalStateException("Quartz refuses " + expression, e);
        }
    }

    private static String expression(CronSpec spec, String month, String week) {
        return "0 " + list(spec.minutes(), 60) + " " + list(spec.hours(), HOURS) + " " + month + " "
                + list(spec.months(), MONTHS) + " " + week;
    }

    private static String list(SortedSet<Integer> values, int all) {
        return values.size() == all ? "*" : list(values.stream());
    }

    private static String list(Stream<Integer> values) {
        return values.map(String::valueOf).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return text + (zone.getId().equals("UTC") ? "" : " " + zone.getId());
    }
}
