package dev.chandlery.cli.registry;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.http.HttpEvent;
import dev.chandlery.oci.http.HttpListener;
import dev.chandlery.oci.http.Origin;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Passes on which registries ask for fewer requests, to runs that begin after the transport was made.
 *
 * <p><b>Concurrency:</b> safe.
 */
public final class ThrottleSignal implements HttpListener {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final List<Consumer<Registry>> runs = new CopyOnWriteArrayList<>();

    /** From now on the run is told, too, until the registration is closed. */
    public Registration tell(Consumer<Registry> run) {
        runs.add(run);
        return () -> runs.remove(run);
    }

    /** Ends what {@link #tell} began. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void on(HttpEvent event) {
        switch (event) {
            case HttpEvent.Throttled throttled -> names(throttled.origin()).forEach(
                    registry -> runs.forEach(run -> run.accept(registry)));
            case HttpEvent.Answered _,HttpEvent.Repeated _ -> {
            }
        }
    }

    /** As users may have written it: the scheme's own port may be left out. */
    private static List<Registry> names(Origin origin) {
        Registry exact = new Registry(origin.host(), origin.port());
        int own = origin.isSecure() ? HTTPS_PORT : HTTP_PORT;
        return origin.port() == own
                ? List.of(exact, new Registry(origin.host(), -1))
                : List.of(
                        exact);
    }
}
