package dev.chandlery.registry.server;

import dev.chandlery.registry.http.HttpServerOptions;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.upload.UploadLimits;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How a registry runs.
 *
 * @param http where it listens
 * @param access who may do what
 * @param limits on uploads
 * @param clock for what is recorded and what expires
 * @param storage what it serves; null for all that is in the folder of which it is given the lock
 */
public record ServerOptions(HttpServerOptions http, AccessOptions access, UploadLimits limits,
        Clock clock, @Nullable StorageSettings storage) {
    private static final String LOOPBACK = "127.0.0.1";

    /** Open to this machine only. */
    public static ServerOptions loopback(PortChoice port) {
        return new ServerOptions(HttpServerOptions.of(LOOPBACK, port),
                new AccessOptions.OpenToLoopback(), UploadLimits.DEFAULTS, Clock.systemUTC(), null);
    }

    public ServerOptions withHttp(HttpServerOptions replaced) {
        return new ServerOptions(replaced, access, limits, clock, storage);
    }

    public ServerOptions withAccess(AccessOptions replaced) {
        return new ServerOptions(http, replaced, limits, clock, storage);
    }

    public ServerOptions withLimits(UploadLimits replaced) {
        return new ServerOptions(http, access, replaced, clock, storage);
    }

    public ServerOptions withClock(Clock replaced) {
        return new ServerOptions(http, access, limits, replaced, storage);
    }

    public ServerOptions withStorage(StorageSettings replaced) {
        return new ServerOptions(http, access, limits, clock, replaced);
    }
}
