package dev.chandlery.cli.registry;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Logging;
import dev.chandlery.cli.metrics.RunMetrics;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.PublishingSpec;
import dev.chandlery.config.endpoint.EndpointSpec;
import dev.chandlery.config.operation.MetricsSpec;
import dev.chandlery.config.security.SecuritySpec;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.oci.http.TransportOptions.Timeouts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a command needs of the world: the configuration, one HTTP transport, and connections to registries.
 * Closing it closes the transport; connections are closed by who opened them, before.
 *
 * @param config of this run
 * @param transport shared by all that speaks HTTP in this run
 * @param environment of the process
 * @param metrics of this run; they are written and sent when it is closed
 * @param warn takes what went wrong with that
 */
public record Session(ConfigSpec config, HttpTransport transport, Map<String, String> environment,
        RunMetrics metrics, Consumer<String> warn) implements AutoCloseable {

    /** One that is not watched. */
    public Session(ConfigSpec config, HttpTransport transport, Map<String, String> environment) {
        this(config, transport, environment, RunMetrics.none(), _ -> {});
    }

    /**
     * Reads the configuration, tells what of it is not supported yet, and sets up the transport.
     *
     * @throws dev.chandlery.config.ConfigException with all problems of the configuration
     */
    public static Session open(Console console, GlobalOptions options) {
        return open(console, options, UnaryOperator.identity());
    }

    /**
     * The same with other settings of the transport.
     *
     * @param adjusted makes them of those that the configuration asks for
     */
    public static Session open(Console console, GlobalOptions options,
            UnaryOperator<TransportOptions> adjusted) {
        if (options.verbose()) {
            Logging.verbose();
        }
        ConfigSpec config = ConfigLoader.load(options.configFile(console.environment()), console
                .environment());
        Logging.configure(config.logging());
        if (options.verbose()) {
            Logging.verbose();
        }
        if (!options.quiet() && !config.notices().isEmpty()) {
            console.note("Note: " + config.notices().size() + " settings of " + config.file()
                    + " are not yet supported; manager config validate names them");
        }
        RunMetrics metrics = RunMetrics.of(options.command(), outputs(config, options),
                new RunMetrics.Place(config.cache().localCacheDir(), transportOptions(config,
                        console.environment())));
        return of(config, console.environment(), adjusted, metrics).warning(text -> console.note(
                "Warning: " + text));
    }

    /**
     * With a configuration that is read already.
     *
     * @param environment of the process
     * @param adjusted makes the transport's settings of those that the configuration asks for
     */
    public static Session of(ConfigSpec config, Map<String, String> environment,
            UnaryOperator<TransportOptions> adjusted) {
        return of(config, environment, adjusted, RunMetrics.none());
    }

    /** The same, measured: what happens on the wire too. */
    public static Session of(ConfigSpec config, Map<String, String> environment,
            UnaryOperator<TransportOptions> adjusted, RunMetrics metrics) {
        TransportOptions options = adjusted.apply(transportOptions(config, environment));
        return new Session(config, new HttpTransport(listened(options, config, metrics)),
                environment, metrics, _ -> {});
    }

    private Session warning(Consumer<String> told) {
        return new Session(config, transport, environment, metrics, told);
    }

    private static MetricsSpec outputs(ConfigSpec config, GlobalOptions options) {
        MetricsSpec spec = config.monitoring().metrics();
        return options.metricsFile()
                .map(file -> new MetricsSpec(Optional.of(file), spec.pushgateway(), spec.otlp()))
                .orElse(spec);
    }

    /** The same options with a listener that measures, when somebody is to see it. */
    private static TransportOptions listened(TransportOptions options, ConfigSpec config,
            RunMetrics metrics) {
        if (!metrics.isWatched()) {
            return options;
        }
        Stream.concat(Stream.of(config.primaryRegistry()), config.backupRegistries().stream())
                .flatMap(endpoint -> endpoint.registry().stream())
                .map(Registry::toString)
                .forEach(place -> metrics.http().registry(place, place));
        return options.withListener(options.listener().and(metrics.http()));
    }

    /** The registry that is published to; the caller closes it. */
    public RegistryConnection primary(RegistryConnection.Access access) {
        return connect(config.primaryRegistry(), access);
    }

    public RegistryConnection connect(EndpointSpec endpoint, RegistryConnection.Access access) {
        Path folder = Objects.requireNonNull(config.file().getParent());
        RegistryConnection opened = RegistryConnection.open(endpoint, access, transport,
                new EndpointCredentials(endpoint, folder, environment, EcrCredentials.of(
                        transport)));
        if (endpoint.embedded()) {
            metrics.http().registry(opened.registry().toString(), "embedded");
        }
        return opened;
    }

    @Override
    public void close() {
        try (transport) {
            metrics.finish(warn);
        }
    }

    private static TransportOptions transportOptions(ConfigSpec config,
            Map<String, String> environment) {
        TransportOptions options = TransportOptions.of(environment);
        PublishingSpec publishing = config.publishing();
        Timeouts timeouts = options.timeouts();
        RetryPolicy retry = options.retry();
        return options
                .withTimeouts(new Timeouts(timeouts.connect(), timeouts.idle(),
                        shorter(publishing.timeout(), timeouts.progressWindow()),
                        timeouts.progressBytes()))
                .withRetry(new RetryPolicy(publishing.retryAttempts() + 1, retry.base(),
                        retry.cap(), retry.retryAfterCap()))
                .withAllowedOrigins(allowedOrigins(config.security()));
    }

    /** However long a user is willing to wait, a peer that sends a byte now and then makes no progress. */
    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Of each {@code host[:port]} both schemes; without a port the schemes' own. */
    private static Set<Origin> allowedOrigins(SecuritySpec security) {
        Set<Origin> origins = new HashSet<>();
        for (String place : security.allowedOrigins()) {
            origins.add(Origin.of(URI.create("http://" + place)));
            origins.add(Origin.of(URI.create("https://" + place)));
        }
        return origins;
    }
}
