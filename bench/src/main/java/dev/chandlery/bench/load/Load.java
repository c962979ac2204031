package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Peer;
import dev.chandlery.bench.peer.Site;
import java.io.IOException;
import java.time.Duration;

/** One kind of work that servers are measured at. */
public interface Load {
    /** One word, for tables and for choosing it. */
    String name();

    /** What it does, in a few words. */
    String what();

    /** Whether such a server can do it. */
    boolean suits(Peer.Skills skills);

    /** Puts there what {@link #run} asks for; called once for each site. */
    void fill(Site site) throws IOException, InterruptedException;

    /**
     * Works until the time is over, and a little longer: what was begun is finished.
     *
     * @throws IOException when an answer is not the expected one; there are no results then
     */
    Work run(Site site, Duration time) throws IOException, InterruptedException;
}
