package dev.chandlery.registry.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Upload sessions that are neither finished nor cancelled. */
public interface SessionRecords {

    /** Records a new session, unless there are that many already; whether it was. */
    boolean create(SessionRecord session, int maxSessions, int maxOfOpener);

    Optional<SessionRecord> find(String id);

    void touch(String id, Instant at);

    /**
     * Ends the session and makes what it brought a member, in one transaction.
     *
     * @param presence of the content's bytes
     */
    void finish(SessionRecord session, Requirement content, Recorded recorded,
            Presence presence);

    void remove(String id);

    /** Removes the session if it was last changed before that time and nobody uses it; whether it was. */
    boolean expire(String id, Instant touchedBefore);

    /** All sessions that were last changed before that time. */
    List<SessionRecord> touchedBefore(Instant time);

    SessionLeases leases();

    ChunkRecords chunks();
}
