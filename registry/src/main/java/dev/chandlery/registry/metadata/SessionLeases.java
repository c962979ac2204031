package dev.chandlery.registry.metadata;

import java.time.Duration;

/**
 * Which process uses an upload session, where there may be several. A lease ends by itself, in the
 * database's time, when its owner does not renew it: the owner may have been killed.
 */
public interface SessionLeases {

    /** Takes or renews the lease; false when another owner has it, or there is no such session. */
    boolean acquire(String session, String owner, Duration time);

    /** Gives the lease back, if the owner has it. */
    void release(String session, String owner);
}
