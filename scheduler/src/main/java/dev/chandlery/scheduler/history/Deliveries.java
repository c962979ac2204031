package dev.chandlery.scheduler.history;

import dev.chandlery.oci.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** What channels of alerts were told, and still have to be told. Shared by all nodes. */
public final class Deliveries {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Jdbi jdbi;

    Deliveries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What a channel is to be told of an incident.
     *
     * @param incident as it is now
     * @param resolved whether it is told that it is well again
     */
    public record Pending(Incident incident, boolean resolved) {}

    /** Writes down that each channel is to be told of these. */
    static void note(Handle h, List<String> channels, IncidentChanges changes, Instant at) {
        for (String channel : channels) {
            changes.opened().forEach(each -> insert(h, channel, each, false, at));
            changes.resolved().forEach(each -> insert(h, channel, each, true, at));
        }
    }

    /** What that channel has not been told, oldest first. */
    public List<Pending> pending(String channel) {
        return run(h -> h.createQuery("SELECT i.*, p.resolved AS told FROM pending_alert p"
                + " JOIN incident i ON i.id = p.incident WHERE p.channel = :channel"
                + " ORDER BY p.noted, i.id, p.resolved LIMIT 1000")
                .bind("channel", channel)
                .map((row, _) -> new Pending(SqlIncidents.incident(row), row.getInt("told") == 1))
                .list());
    }

    /** That channel was told these, in one message. */
    public void told(String channel, List<Pending> all, Instant at) {
        run(h -> {
            all.forEach(each -> delete(h, channel, each));
            h.createUpdate("DELETE FROM delivery WHERE delivered < :old")
                    .bind("old", at.minus(HOUR).toEpochMilli())
                    .execute();
            return h.createUpdate(
                    "INSERT INTO delivery (channel, delivered) VALUES (:channel, :at)")
                    .bind("channel", channel)
                    .bind("at", at.toEpochMilli())
                    .execute();
        });
    }

    /** How many messages that channel got in the hour before. */
    public int inTheLastHour(String channel, Instant now) {
        return run(h -> h.createQuery("SELECT COUNT(*) FROM delivery WHERE channel = :channel"
                + " AND delivered > :from")
                .bind("channel", channel)
                .bind("from", now.minus(HOUR).toEpochMilli())
                .mapTo(Integer.class)
                .one());
    }

    /** Forgets what is to be told to channels that are no more, and what is too old to tell. */
    public void forget(List<String> channels, Instant before) {
        run(h -> {
            h.createQuery("SELECT DISTINCT channel FROM pending_alert")
                    .mapTo(String.class)
                    .list()
                    .stream()
                    .filter(channel -> !channels.contains(channel))
                    .forEach(channel -> h.createUpdate(
                            "DELETE FROM pending_alert WHERE channel = :channel")
                            .bind("channel", channel)
                            .execute());
            return h.createUpdate("DELETE FROM pending_alert WHERE noted < :before")
                    .bind("before", before.toEpochMilli())
                    .execute();
        });
    }

    private static void insert(Handle h, String channel, Incident incident, boolean resolved,
            Instant at) {
        h.createUpdate("INSERT INTO pending_alert (channel, incident, resolved, noted)"
                + " VALUES (:channel, :incident, :resolved, :at) ON CONFLICT DO NOTHING")
                .bind("channel", channel)
                .bind("incident", incident.id())
                .bind("resolved", resolved ? 1 : 0)
                .bind("at", at.toEpochMilli())
                .execute();
    }

    private static void delete(Handle h, String channel, Pending pending) {
        h.createUpdate("DELETE FROM pending_alert WHERE channel = :channel"
                + " AND incident = :incident AND resolved = :resolved")
                .bind("channel", channel)
                .bind("incident", pending.incident().id())
                .bind("resolved", pending.resolved() ? 1 : 0)
                .execute();
    }

    private <T> T run(Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(work::apply);
        } catch (JdbiException e) {
            throw new StorageException("cannot keep what is alerted: " + SqlTexts.cause(e), e);
        }
    }
}
