package dev.chandlery.upstream.sources;

import dev.chandlery.config.GithubSourceSpec;
import dev.chandlery.config.HttpSourceSpec;
import dev.chandlery.config.MavenSourceSpec;
import dev.chandlery.config.NpmSourceSpec;
import dev.chandlery.config.ToolSpec;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.fetch.Downloads;
import dev.chandlery.upstream.github.GithubAccess;
import dev.chandlery.upstream.github.GithubUpstream;
import dev.chandlery.upstream.maven.MavenClient;
import dev.chandlery.upstream.maven.MavenUpstream;
import dev.chandlery.upstream.npm.NpmSettings;
import dev.chandlery.upstream.npm.NpmUpstream;
import dev.chandlery.upstream.release.ReleaseRules;
import dev.chandlery.upstream.web.WebUpstream;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams of all tools of a configuration. What they share, such as the settings of a package client,
 * is read when the first of them needs it. Closing ends their connections.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class Upstreams implements AutoCloseable {
    private final UpstreamContext context;
    private final Map<String, Upstream> known = new ConcurrentHashMap<>();
    private @Nullable MavenClient maven;
    private @Nullable NpmSettings npm;

    public Upstreams(UpstreamContext context) {
        this.context = context;
    }

    /** The upstream of one tool, the same each time; nothing is asked of it yet. */
    public Upstream forTool(ToolSpec tool) {
        return known.computeIfAbsent(tool.name(), _ -> make(tool));
    }

    private Upstream make(ToolSpec tool) {
        ReleaseRules rules = new ReleaseRules(tool, InstantSource.system());
        Downloads downloads = new Downloads(context.transport(), context.config().security());
        return switch (tool.source()) {
            case MavenSourceSpec source -> new MavenUpstream(tool, source, context.config()
                    .security(), maven(), rules);
            case GithubSourceSpec source -> new GithubUpstream(tool, source, downloads, GithubAccess
                    .of(context), rules);
            case NpmSourceSpec source -> new NpmUpstream(tool, source, downloads, npm(), rules);
            case HttpSourceSpec source -> new WebUpstream(tool, source, downloads, rules);
        };
    }

    private synchronized NpmSettings npm() {
        if (npm == null) {
            npm = NpmSettings.read(context.config().file(), context.environment());
        }
        return npm;
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
