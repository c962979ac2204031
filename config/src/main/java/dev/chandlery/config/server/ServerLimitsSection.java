package dev.chandlery.config.server;

import dev.chandlery.config.server.ServerLimitsSpec.Pace;
import dev.chandlery.config.server.ServerLimitsSpec.Rates;
import dev.chandlery.config.server.ServerLimitsSpec.Uploads;
import dev.chandlery.config.value.Numbers;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.NumberType.Range;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.Values;
import java.time.Duration;
import java.util.List;

/** {@code registry_server.limits}. */
final class ServerLimitsSection {
    private static final int MANY = 1_000_000;
    private static final long FASTEST = 1_000_000_000;

    private static final Key<ServerLimitsSpec, Integer> CONNECTIONS = Key.of("connections",
            NumberType.whole(1, MANY, "connections"), "most that are open at a time",
            (ServerLimitsSpec limits) -> limits.pace().connections()).or(4096);
    private static final Key<ServerLimitsSpec, Integer> OF_ADDRESS = Key.of(
            "connections_per_address", NumberType.whole(0, MANY, "connections"),
            "most that one address has open at a time; 0 for no limit",
            (ServerLimitsSpec limits) -> limits.pace().addressConnections()).or(2048);
    private static final Key<ServerLimitsSpec, Integer> UPLOADS = Key.of("concurrent_uploads",
            NumberType.whole(1, MANY, "uploads"), "most that run at a time",
            (ServerLimitsSpec limits) -> limits.uploads().concurrent()).or(256);
    private static final Key<ServerLimitsSpec, Long> MAX_BLOB = Key.of("max_blob_gb", Numbers
            .gibibytes(), "largest blob, in GiB", (ServerLimitsSpec limits) -> limits.uploads()
                    .maxBlobBytes()).or(64 * Numbers.GB);
    private static final Key<ServerLimitsSpec, Duration> HEADER = Key.of("header_timeout_seconds",
            Numbers.seconds(1, 3600), "within which a request's header is complete",
            (ServerLimitsSpec limits) -> limits.pace().headerTimeout())
            .or(Duration.ofSeconds(20));
    private static final Key<ServerLimitsSpec, Duration> IDLE = Key.of("idle_timeout_seconds",
            Numbers.seconds(1, 86_400), "after which a connection ends on which nothing moves",
            (ServerLimitsSpec limits) -> limits.pace().idleTimeout()).or(Duration.ofSeconds(60));
    private static final Key<ServerLimitsSpec, Long> SLOWEST = Key.of("min_body_bytes_per_second",
            new NumberType<>(new Range(0, FASTEST, false, "bytes per second"), rate -> (long) rate,
                    rate -> rate), "below which a request's body is given up; 0 for any speed",
            (ServerLimitsSpec limits) -> limits.pace().minBodyBytesPerSecond()).or(512L);
    private static final Key<ServerLimitsSpec, Long> SLOWEST_READER = Key.of(
            "min_send_bytes_per_second", new NumberType<>(new Range(0, FASTEST, false,
                    "bytes per second"), rate -> (long) rate, rate -> rate),
            "below which a response that a client takes is cut off; 0 for any speed",
            (ServerLimitsSpec limits) -> limits.pace().minSendBytesPerSecond()).or(512L);
    private static final Key<ServerLimitsSpec, Integer> PER_CALLER = Key.of("requests_per_second",
            NumberType.whole(0, MANY, "requests per second"),
            "of one caller, which is a user or a token; 0 for no limit",
            (ServerLimitsSpec limits) -> limits.rates().perCaller()).or(0);
    private static final Key<ServerLimitsSpec, Integer> PER_ADDRESS = Key.of(
            "requests_per_second_per_address", NumberType.whole(0, MANY, "requests per second"),
            "of one address; 0 for no limit", (ServerLimitsSpec limits) -> limits.rates()
                    .perAddress()).or(0);

    static final Section<ServerLimitsSpec> SECTION = new Section<>(List.of(CONNECTIONS,
            OF_ADDRESS, UPLOADS, MAX_BLOB, HEADER, IDLE, SLOWEST, SLOWEST_READER, PER_CALLER,
            PER_ADDRESS), ServerLimitsSection::build);

    private ServerLimitsSection() {}

    private static ServerLimitsSpec build(Values values) {
        return new ServerLimitsSpec(new Pace(values.get(CONNECTIONS), values.get(OF_ADDRESS), values
                .get(HEADER), values
                        .get(IDLE), values.get(SLOWEST), values.get(SLOWEST_READER)), new Uploads(
                                values.get(UPLOADS), Numbers
                                        .aboveZero(values, MAX_BLOB)), new Rates(values.get(
                                                PER_CALLER), values.get(
                                                        PER_ADDRESS)));
    }
}
