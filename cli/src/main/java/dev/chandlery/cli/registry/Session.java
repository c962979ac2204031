package dev.chandlery.cli.registry;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.GlobalOptions;
import dev.chandlery.cli.Logging;
import dev.chandlery.config.ConfigLoader;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.EndpointSpec;
import dev.chandlery.config.PublishingSpec;
import dev.chandlery.config.SecuritySpec;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.oci.http.TransportOptions.Timeouts;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a command needs of the world: the configuration, one HTTP transport, and connections to registries.
 * Closing it closes the transport; connections are closed by who opened them, before.
 *
 * @param config of this run
 * @param transport shared by all that speaks HTTP in this run
 * @param environment of the process
 */
public record Session(ConfigSpec config, HttpTransport transport, Map<String, String> environment)
        implements
        AutoCloseable {

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
        if (!options.quiet() && !config.notices().isEmpty()) {
            console.note("Note: " + config.notices().size() + " settings of " + config.file()
                    + " are not yet supported; manager config validate names them");
        }
        HttpTransport transport = new HttpTransport(adjusted.apply(transportOptions(config,
                console)));
        return new Session(config, transport, console.environment());
    }

    /** The registry that is published to; the caller closes it. */
    public RegistryConnection primary(RegistryConnection.Access access) {
        return connect(config.primaryRegistry(), access);
    }

    public RegistryConnection connect(EndpointSpec endpoint, RegistryConnection.Access access) {
        Path folder = Objects.requireNonNull(config.file().getParent());
        return RegistryConnection.open(endpoint, access, transport, new EndpointCredentials(
                endpoint, folder, environment, EcrCredentials.of(transport)));
    }

    @Override
    public void close() {
        transport.close();
    }

    private static TransportOptions transportOptions(ConfigSpec config, Console console) {
        TransportOptions options = TransportOptions.of(console.environment());
        PublishingSpec publishing = config.publishing();
        Timeouts timeouts = options.timeouts();
        RetryPolicy retry = options.retry();
        return options
                .withTimeouts(new Timeouts(timeouts.connect(), timeouts.idle(),
                        publishing.timeout(), timeouts.progressBytes()))
                .withRetry(new RetryPolicy(publishing.retryAttempts() + 1, retry.base(),
                        retry.cap(), retry.retryAfterCap()))
                .withAllowedOrigins(allowedOrigins(config.security()));
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
