package dev.chandlery.upstream;

import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.http.HttpTransport;
import java.time.InstantSource;
import java.util.Map;

/**
 * What sources need of the world.
 *
 * @param config of this run
 * @param transport stays the caller's to close
 * @param environment of the process, for tokens and the settings of package clients
 * @param readOnly whether nothing may be written anywhere, not even a cache
 * @param clock tells how old a release is
 */
public record UpstreamContext(ConfigSpec config, HttpTransport transport,
        Map<String, String> environment, boolean readOnly, InstantSource clock) {

    public UpstreamContext {
        environment = Map.copyOf(environment);
    }

    /** With the machine's clock. */
    public UpstreamContext(ConfigSpec config, HttpTransport transport,
            Map<String, String> environment, boolean readOnly) {
        this(config, transport, environment, readOnly, InstantSource.system());
    }
}
