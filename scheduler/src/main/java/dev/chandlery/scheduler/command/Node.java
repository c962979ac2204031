package dev.chandlery.scheduler.command;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** What this process is called, and its clock. */
final class Node {
    /** Milliseconds that the clock is off, for tests of machines whose clocks differ. */
    private static final String CLOCK_OFFSET = "chandlery.scheduler.clock-offset-millis";

    private static final int CHANCE_BYTES = 3;

    private Node() {}

    /**
     * Host and process for people, and chance for containers, which are all process 1, on hosts that may be called
     * alike: no two that run at the same time have the same name.
     */
    static String name(Map<String, String> environment) {
        byte[] chance = new byte[CHANCE_BYTES];
        ThreadLocalRandom.current().nextBytes(chance);
        return environment.getOrDefault("HOSTNAME", host()) + "-" + ProcessHandle.current().pid()
                + "-" + HexFormat.of().formatHex(chance);
    }

    static InstantSource clock() {
        return InstantSource.offset(Clock.systemUTC(), Duration.ofMillis(Long.getLong(
                CLOCK_OFFSET, 0)));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException _) {
            return "localhost"; // the name is for people
        }
    }
}
