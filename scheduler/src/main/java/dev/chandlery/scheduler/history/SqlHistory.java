package dev.chandlery.scheduler.history;

import dev.chandlery.oci.StorageException;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;

/** Runs in the table {@code run}; times are milliseconds since 1970. */
final class SqlHistory implements History {
    private static final int MOST_TEXT = 2_000;

    private final Jdbi jdbi;

    SqlHistory(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void begin(RunRecord run) {
        write(h -> h.createUpdate("""
                INSERT INTO run (id, job, scheduled, started, ended, node, attempt, result, summary)
                VALUES (:id, :job, :scheduled, :started, NULL, :node, :attempt, :result, :summary)
                """)
                .bind("id", run.id())
                .bind("job", run.job().toString())
                .bind("scheduled", run.times().scheduled().toEpochMilli())
                .bind("started", run.times().started().toEpochMilli())
                .bind("node", run.node())
                .bind("attempt", run.attempt())
                .bind("result", run.result().label())
                .bind("summary", SqlTexts.bounded(run.summary(), MOST_TEXT))
                .execute());
    }

    @Override
    public void end(String id, Instant at, Result result, String summary) {
        write(h -> h.createUpdate(
                "UPDATE run SET ended = :at, result = :result, summary = :summary WHERE id = :id")
                .bind("id", id)
                .bind("at", at.toEpochMilli())
                .bind("result", result.label())
                .bind("summary", SqlTexts.bounded(summary, MOST_TEXT))
                .execute());
    }

    @Override
    public int markLost(JobName job) {
        return write(h -> h.createUpdate(
                "UPDATE run SET result = :lost WHERE job = :job AND result = :running")
                .bind("job", job.toString())
                .bind("lost", Result.LOST.label())
                .bind("running", Result.RUNNING.label())
                .execute());
    }

    @Override
    public List<RunRecord> runs(RunFilter filter) {
        String where = "WHERE started >= :since" + filter.job()
                .map(_ -> " AND job = :job")
                .orElse(
                        "") + filter.result().map(_ -> " AND result = :result").orElse("");
        return read(h -> {
            Query query = h.createQuery("SELECT * FROM run " + where
                    + " ORDER BY started DESC, id LIMIT :most")
                    .bind("since", filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE))
                    .bind("most", filter.most());
            filter.job().ifPresent(job -> query.bind("job", job.toString()));
            filter.result().ifPresent(result -> query.bind("result", result.label()));
            return query.map((row, _) -> run(row)).list();
        });
    }

    @Override
    public List<RunRecord> at(JobName job, Instant scheduled) {
        return read(h -> h.createQuery("SELECT * FROM run WHERE job = :job AND scheduled = :at"
                + " ORDER BY started DESC, attempt DESC LIMIT 100")
                .bind("job", job.toString())
                .bind("at", scheduled.toEpochMilli())
                .map((row, _) -> run(row))
                .list());
    }

    @Override
    public Optional<RunRecord> last(JobName job) {
        return read(h -> h.createQuery("SELECT * FROM run WHERE job = :job AND result <> :skipped"
                + " ORDER BY started DESC, attempt DESC LIMIT 1")
                .bind("job", job.toString())
                .bind("skipped", Result.SKIPPED.label())
                .map((row, _) -> run(row))
                .findFirst());
    }

    @Override
    public Optional<RunRecord> lastConclusive(JobName job) {
        return read(h -> h.createQuery("SELECT * FROM run WHERE job = :job AND result NOT IN"
                + " (:running, :stopped, :lost, :skipped) ORDER BY started DESC LIMIT 1")
                .bind("job", job.toString())
                .bind("running", Result.RUNNING.label())
                .bind("stopped", Result.STOPPED.label())
                .bind("lost", Result.LOST.label())
                .bind("skipped", Result.SKIPPED.label())
                .map((row, _) -> run(row))
                .findFirst());
    }

    @Override
    public int prune(Instant before) {
        return write(h -> {
            h.createUpdate("DELETE FROM incident WHERE resolved < :before"
                    + " AND id NOT IN (SELECT incident FROM pending_alert)")
                    .bind("before", before.toEpochMilli())
                    .execute();
            return h.createUpdate(
                    "DELETE FROM run WHERE started < :before AND result <> :running")
                    .bind("before", before.toEpochMilli())
                    .bind("running", Result.RUNNING.label())
                    .execute();
        });
    }

    private static RunRecord run(ResultSet row) throws SQLException {
        long ended = row.getLong("ended");
        Optional<Instant> end = row.wasNull()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(ended));
        return new RunRecord(row.getString("id"), JobName.parse(row.getString("job")),
                new RunRecord.Times(Instant.ofEpochMilli(row.getLong("scheduled")), Instant
                        .ofEpochMilli(row.getLong("started")), end), row.getString("node"), row
                                .getInt("attempt"), Result.find(row.getString("result"))
                                        .orElse(Result.FAILED), row.getString("summary"));
    }

    private <T> T read(Function<Handle, T> work) {
        try {
            return jdbi.withHandle(work::apply);
        } catch (JdbiException e) {
            throw new StorageException("cannot read the scheduler's history: " + SqlTexts.cause(e),
                    e);
        }
    }

    private <T> T write(Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(work::apply);
        } catch (JdbiException e) {
            throw new StorageException("cannot write the scheduler's history: " + SqlTexts.cause(e),
                    e);
        }
    }
}
