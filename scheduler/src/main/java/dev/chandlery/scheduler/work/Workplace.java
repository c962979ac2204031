package dev.chandlery.scheduler.work;

import dev.chandlery.cli.Progress;
import dev.chandlery.cli.metrics.Metrics;
import dev.chandlery.cli.metrics.RunMetrics;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.http.TransportOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What jobs work with.
 *
 * @param config of this run
 * @param environment of the process
 * @param clock that ages are reckoned by
 * @param metrics of the process
 */
record Workplace(ConfigSpec config, Map<String, String> environment, InstantSource clock,
        Metrics metrics) {
    private static final System.Logger LOG = System.getLogger(Workplace.class.getName());

    /** Connections to the world; the caller closes it. */
    Session session() {
        return session(UnaryOperator.identity());
    }

    /** One whose requests are made in another way. */
    Session session(UnaryOperator<TransportOptions> options) {
        return Session.of(config, environment, options, metrics.equals(Metrics.NONE)
                ? RunMetrics.none()
                : RunMetrics.within(metrics));
    }

    Instant now() {
        return clock.instant();
    }

    /** Steps go to the log. */
    static Progress progress() {
        return new LoggedProgress(LOG);
    }

    /** Nothing of the environment. */
    @Override
    public String toString() {
        return "workplace of " + config.file();
    }
}
