package dev.chandlery.registry.http;

import java.time.Duration;

/**
 * Which TCP port to listen on.
 *
 * @param port 0 for any free one
 * @param patience how long to try again while another process has it
 * @param orAny whether any free one will do then
 */
public record PortChoice(int port, Duration patience, boolean orAny) {

    /** Any free port. */
    public static final PortChoice ANY = exactly(0);

    /** That port or none. */
    public static PortChoice exactly(int port) {
        return new PortChoice(port, Duration.ZERO, false);
    }

    /** That port if it can be had. */
    public static PortChoice rather(int port, Duration patience) {
        return new PortChoice(port, patience, true);
    }
}
