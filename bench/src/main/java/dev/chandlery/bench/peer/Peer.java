package dev.chandlery.bench.peer;

import dev.chandlery.bench.wire.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A server that can be measured. */
public interface Peer {
    /** One word, for tables. */
    String name();

    /** Name and version as the program itself tells. */
    String version() throws InterruptedException;

    /** Why it cannot be measured on this machine; empty when it can. */
    Optional<String> missing() throws InterruptedException;

    /** What it can do. */
    Skills skills();

    /**
     * Starts it over that folder, in which earlier content may be; returns at once, before it answers.
     *
     * @param folder exists, and belongs to this server alone
     */
    Site start(Path folder, Address address) throws IOException, InterruptedException;

    /**
     * What a server can do.
     *
     * @param pushes whether it takes content over HTTP
     * @param referrers whether it lists referrers of a subject
     */
    record Skills(boolean pushes, boolean referrers) {}
}
