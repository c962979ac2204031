package dev.chandlery.scheduler.history;

import dev.chandlery.oci.StorageException;
import dev.chandlery.scheduler.job.Finding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Incidents in the table {@code incident}; of each kind and subject one at most is open. */
final class SqlIncidents implements Incidents {
    private static final int MOST_OPEN = 10_000;

    private static final int MOST_TEXT = 8_000;

    private final Jdbi jdbi;
    private final List<String> channels;

    /** @param channels of alerts that are told of changes */
    SqlIncidents(Jdbi jdbi, List<String> channels) {
        this.jdbi = jdbi;
        this.channels = List.copyOf(channels);
    }

    private record Key(Finding.Kind kind, String subject) {
        static Key of(Finding finding) {
            return new Key(finding.kind(), finding.subject());
        }
    }

    @Override
    public IncidentChanges observe(Instant at, List<Finding> found, Set<Finding.Kind> covered) {
        return write(h -> {
            List<Incident> opened = new ArrayList<>();
            List<Incident> resolved = new ArrayList<>();
            Set<Key> seen = new HashSet<>();
            for (Finding each : found) {
                Finding finding = bounded(each);
                if (seen.add(Key.of(finding)) && !renew(h, at, finding)) {
                    opened.add(open(h, at, finding));
                }
            }
            for (Incident incident : list(h, true, MOST_OPEN)) {
                if (covered.contains(incident.finding().kind()) && !seen.contains(Key.of(incident
                        .finding()))) {
                    resolved.add(close(h, at, incident));
                }
            }
            return noted(h, new IncidentChanges(opened, resolved), at);
        });
    }

    @Override
    public IncidentChanges resolve(Instant at, Finding.Kind kind, String subject) {
        return write(h -> noted(h, new IncidentChanges(List.of(), list(h, true, MOST_OPEN).stream()
                .filter(each -> Key.of(each.finding()).equals(new Key(kind, subject)))
                .map(each -> close(h, at, each))
                .toList()), at));
    }

    /** In the same transaction: a process that is killed next has told nobody, and the next one does. */
    private IncidentChanges noted(Handle h, IncidentChanges changes, Instant at) {
        Deliveries.note(h, channels, changes, at);
        return changes;
    }

    @Override
    public List<Incident> incidents(boolean onlyOpen, int most) {
        try {
            return jdbi.withHandle(h -> list(h, onlyOpen, most));
        } catch (JdbiException e) {
            throw new StorageException("cannot read incidents: " + SqlTexts.cause(e), e);
        }
    }

    /** Messages of others: neither endless, nor with what PostgreSQL refuses in a text. */
    private static Finding bounded(Finding finding) {
        return new Finding(finding.kind(), SqlTexts.bounded(finding.subject(), MOST_TEXT), SqlTexts
                .bounded(finding.text(), MOST_TEXT));
    }

    private static boolean renew(Handle h, Instant at, Finding finding) {
        return h.createUpdate("UPDATE incident SET seen = :at, text = :text"
                + " WHERE kind = :kind AND subject = :subject AND resolved IS NULL")
                .bind("at", at.toEpochMilli())
                .bind("text", finding.text())
                .bind("kind", finding.kind().label())
                .bind("subject", finding.subject())
                .execute() > 0;
    }

    private static Incident open(Handle h, Instant at, Finding finding) {
        long id = h.createQuery("SELECT COALESCE(MAX(id), 0) + 1 FROM incident")
                .mapTo(Long.class)
                .one();
        h.createUpdate("INSERT INTO incident (id, kind, subject, text, opened, seen, resolved)"
                + " VALUES (:id, :kind, :subject, :text, :at, :at, NULL)")
                .bind("id", id)
                .bind("kind", finding.kind().label())
                .bind("subject", finding.subject())
                .bind("text", finding.text())
                .bind("at", at.toEpochMilli())
                .execute();
        return new Incident(id, finding, at, at, Optional.empty());
    }

    private static Incident close(Handle h, Instant at, Incident incident) {
        h.createUpdate("UPDATE incident SET resolved = :at WHERE id = :id")
                .bind("at", at.toEpochMilli())
                .bind("id", incident.id())
                .execute();
        return new Incident(incident.id(), incident.finding(), incident.opened(), incident.seen(),
                Optional.of(at));
    }

    private static List<Incident> list(Handle h, boolean onlyOpen, int most) {
        return h.createQuery("SELECT * FROM incident " + (onlyOpen ? "WHERE resolved IS NULL" : "")
                + " ORDER BY opened DESC, id DESC LIMIT :most")
                .bind("most", most)
                .map((row, _) -> incident(row))
                .list();
    }

    static Incident incident(ResultSet row) throws SQLException {
        long resolved = row.getLong("resolved");
        Optional<Instant> end = row.wasNull()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(resolved));
        Finding finding = new Finding(Finding.Kind.find(row.getString("kind"))
                .orElse(Finding.Kind.JOB), row.getString("subject"), row.getString("text"));
        return new Incident(row.getLong("id"), finding, Instant.ofEpochMilli(row.getLong(
                "opened")), Instant.ofEpochMilli(row.getLong("seen")), end);
    }

    /** One at a time: ids are counted, and what is open must not be opened twice. */
    private <T> T write(Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(h -> {
                lock(h);
                return work.apply(h);
            });
        } catch (JdbiException e) {
            throw new StorageException("cannot write incidents: " + SqlTexts.cause(e), e);
        }
    }

    private static void lock(Handle h) throws JdbiException {
        h.execute("UPDATE incident_lock SET held = held + 1");
    }
}
