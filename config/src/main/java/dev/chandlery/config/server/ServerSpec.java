package dev.chandlery.config.server;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How {@code registry serve} runs.
 *
 * @param entrance where clients connect
 * @param storage where content and what is known of it are kept
 * @param auth who may do what; empty: open, on loopback only
 * @param limits of what clients may ask for
 * @param upkeep what is removed, and how much may be kept
 * @param accessLog how requests are logged
 */
public record ServerSpec(Entrance entrance, ServerStorageSpec storage,
        Optional<ServerAuthSpec> auth, ServerLimitsSpec limits, ServerUpkeepSpec upkeep,
        AccessLog accessLog) {

    /**
     * Where clients connect.
     *
     * @param listen address to bind
     * @param publicUrl how clients reach the registry, without path; empty for what each request was sent to
     * @param tls certificate to encrypt with; empty for plain HTTP
     * @param trustedProxies addresses and networks of proxies that are believed who asks
     */
    public record Entrance(ServerListenSpec listen, Optional<URI> publicUrl,
            Optional<ServerTlsSpec> tls, List<String> trustedProxies) {
        public Entrance {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /** How a line of the access log looks. */
    public enum AccessLog {
        OFF,
        TEXT,
        JSON
    }

    public ServerListenSpec listen() {
        return entrance.listen();
    }

    public Optional<URI> publicUrl() {
        return entrance.publicUrl();
    }

    public Optional<ServerTlsSpec> tls() {
        return entrance.tls();
    }

    public List<String> trustedProxies() {
        return entrance.trustedProxies();
    }

    public Optional<ServerStorageSpec.Database> database() {
        return storage.database();
    }

    public Optional<ServerStorageSpec.S3> s3() {
        return storage.s3();
    }

    public List<ServerUpkeepSpec.Quota> quotas() {
        return upkeep.quotas();
    }

    public ServerUpkeepSpec.Collection collection() {
        return upkeep.collection();
    }

    public List<ServerUpkeepSpec.Retention> retention() {
        return upkeep.retention();
    }
}
