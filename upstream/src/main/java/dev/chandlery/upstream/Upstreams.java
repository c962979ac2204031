package dev.chandlery.upstream;

import dev.chandlery.config.GithubSourceSpec;
import dev.chandlery.config.HttpSourceSpec;
import dev.chandlery.config.MavenSourceSpec;
import dev.chandlery.config.NpmSourceSpec;
import dev.chandlery.config.ToolSpec;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.upstream.maven.MavenClient;
import dev.chandlery.upstream.maven.MavenUpstream;
import dev.chandlery.upstream.release.ReleaseRules;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams of all tools of a configuration. What they share, such as the settings of a package client,
 * is read when the first of them needs it. Closing ends their connections.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class Upstreams implements AutoCloseable {
    private final UpstreamContext context;
    private @Nullable MavenClient maven;

    public Upstreams(UpstreamContext context) {
        this.context = context;
    }

    /** The upstream of one tool; nothing is asked of it yet. */
    public Upstream forTool(ToolSpec tool) {
        ReleaseRules rules = new ReleaseRules(tool, InstantSource.system());
        return switch (tool.source()) {
            case MavenSourceSpec source -> new MavenUpstream(tool, source, context.config()
                    .security(), maven(), rules);
            case GithubSourceSpec _,NpmSourceSpec _,HttpSourceSpec _ ->
                throw new UnsupportedFeatureException("cannot read releases of " + tool.name()
                        + ": its kind of source is not supported yet");
        };
    }

    private synchronized MavenClient maven() {
        if (maven == null) {
            maven = MavenClient.open(context.environment());
        }
        return maven;
    }

    @Override
    public synchronized void close() {
        if (maven != null) {
            maven.close();
        }
    }
}
