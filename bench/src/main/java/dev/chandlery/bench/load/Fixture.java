package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Site;
import java.io.IOException;

/** Content that is there before the measurement begins. */
@FunctionalInterface
public interface Fixture {
    /** Where it is. */
    String REPOSITORY = "bench/read";

    /** Puts it there, unless it is there. */
    void fill(Site site) throws IOException, InterruptedException;
}
