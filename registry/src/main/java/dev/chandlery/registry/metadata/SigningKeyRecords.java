package dev.chandlery.registry.metadata;

import java.time.Instant;
import java.util.List;

/** The keys that sign short-lived tokens, shared by all nodes. */
public interface SigningKeyRecords {
    /** All, the newest first. */
    List<SigningKey> list();

    /** Adds a key, unless one was made at or after that time; so of several nodes one makes it. */
    void addUnlessNewer(SigningKey key, Instant newerThan);

    /** Forgets keys made before that time. */
    void removeOlder(Instant time);
}
