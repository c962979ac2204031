package dev.chandlery.registry.server;

import dev.chandlery.registry.http.HttpServerOptions;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.upload.UploadLimits;
import java.time.Clock;

/**
 * How a registry runs.
 *
 * @param http where it listens
 * @param access who may do what
 * @param limits on uploads
 * @param clock for what is recorded and what expires
 */
public record ServerOptions(HttpServerOptions http, AccessOptions access, UploadLimits limits,
        Clock clock) {
    private static final String LOOPBACK = "127.0.0.1";

    /** Open to this machine only. */
    public static ServerOptions loopback(PortChoice port) {
        return new ServerOptions(HttpServerOptions.of(LOOPBACK, port),
                new AccessOptions.OpenToLoopback(), UploadLimits.DEFAULTS, Clock.systemUTC());
    }

    public ServerOptions withHttp(HttpServerOptions replaced) {
        return new ServerOptions(replaced, access, limits, clock);
    }

    public ServerOptions withAccess(AccessOptions replaced) {
        return new ServerOptions(http, replaced, limits, clock);
    }

    public ServerOptions withLimits(UploadLimits replaced) {
        return new ServerOptions(http, access, replaced, clock);
    }

    public ServerOptions withClock(Clock replaced) {
        return new ServerOptions(http, access, limits, replaced);
    }
}
