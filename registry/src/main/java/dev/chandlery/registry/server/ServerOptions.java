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
 * @param policies what callers may do besides
 * @param insight what is shown of it
 * @param clock for what is recorded and what expires
 * @param storage what it serves; null for all that is in the folder of which it is given the lock
 */
public record ServerOptions(HttpServerOptions http, AccessOptions access, Policies policies,
        Insight insight, Clock clock, @Nullable StorageSettings storage) {
    private static final String LOOPBACK = "127.0.0.1";

    /** Open to this machine only. */
    public static ServerOptions loopback(PortChoice port) {
        return new ServerOptions(HttpServerOptions.of(LOOPBACK, port),
                new AccessOptions.OpenToLoopback(), Policies.DEFAULTS, Insight.NONE, Clock
                        .systemUTC(), null);
    }

    /** Whether programs of this machine get in without credentials or certificates. */
    boolean isOpen() {
        return http.tls().isEmpty() && !(access instanceof AccessOptions.Guarded);
    }

    public ServerOptions withHttp(HttpServerOptions replaced) {
        return new ServerOptions(replaced, access, policies, insight, clock, storage);
    }

    public ServerOptions withAccess(AccessOptions replaced) {
        return new ServerOptions(http, replaced, policies, insight, clock, storage);
    }

    public ServerOptions withPolicies(Policies replaced) {
        return new ServerOptions(http, access, replaced, insight, clock, storage);
    }

    public ServerOptions withLimits(UploadLimits replaced) {
        return withPolicies(policies.withLimits(replaced));
    }

    public ServerOptions withInsight(Insight replaced) {
        return new ServerOptions(http, access, policies, replaced, clock, storage);
    }

    public ServerOptions withClock(Clock replaced) {
        return new ServerOptions(http, access, policies, insight, replaced, storage);
    }

    public ServerOptions withStorage(StorageSettings replaced) {
        return new ServerOptions(http, access, policies, insight, clock, replaced);
    }
}
