package dev.chandlery.registry.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Long-lived tokens; revoked ones are kept, for whoever asks what became of them. */
public interface TokenRecords {
    /** Records a new one; false when a good token of that name exists at the time of its making. */
    boolean create(AccessToken token);

    Optional<AccessToken> find(String id);

    /** All, the newest first. */
    List<AccessToken> list();

    /** Revokes the token of that id, or all good ones of that name; how many. */
    int revoke(String idOrName, Instant at);
}
