package dev.chandlery.upstream.sources;

import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.HttpSourceSpec;
import dev.chandlery.config.source.MavenSourceSpec;
import dev.chandlery.config.source.NpmSourceSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.UpstreamContext;
import dev.chandlery.upstream.fetch.Downloads;
import dev.chandlery.upstream.github.Attestations;
import dev.chandlery.upstream.github.GithubAccess;
import dev.chandlery.upstream.github.GithubCalls;
import dev.chandlery.upstream.github.GithubUpstream;
import dev.chandlery.upstream.github.ReleasePages;
import dev.chandlery.upstream.maven.MavenClient;
import dev.chandlery.upstream.maven.MavenUpstream;
import dev.chandlery.upstream.npm.NpmSettings;
import dev.chandlery.upstream.npm.NpmUpstream;
import dev.chandlery.upstream.proof.AssetVerifier;
import dev.chandlery.upstream.proof.Prover;
import dev.chandlery.upstream.release.ReleaseRules;
import dev.chandlery.upstream.web.WebUpstream;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
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
    private final Downloads downloads;
    private final GithubCalls github;
    private final Map<String, Upstream> known = new ConcurrentHashMap<>();
    private final Map<String, ReleasePages> pages = new ConcurrentHashMap<>();
    private @Nullable MavenClient maven;
    private @Nullable NpmSettings npm;

    public Upstreams(UpstreamContext context) {
        this.context = context;
        this.downloads = new Downloads(context.transport(), context.config().security());
        this.github = new GithubCalls(downloads, GithubAccess.of(context), context.clock());
    }

    /** Tells how old a release is, and when something was found. */
    public InstantSource clock() {
        return context.clock();
    }

    /** The upstream of one tool, the same each time; nothing is asked of it yet. */
    public Upstream forTool(ToolSpec tool) {
        return known.computeIfAbsent(tool.name(), _ -> make(tool));
    }

    /** Of a tool that nobody else asks for. */
    private Upstream make(ToolSpec tool) {
        ReleaseRules rules = new ReleaseRules(tool, context.config().minimumReleaseAge(tool),
                context.clock());
        Prover prover = new Prover(new AssetVerifier(tool, context.config().security(), context
                .clock()), downloads, new OtherPlaces(tool, attestations(tool), this::make));
        return switch (tool.source()) {
            case MavenSourceSpec source -> new MavenUpstream(tool, source, context.config()
                    .security(), maven(), rules, prover);
            case GithubSourceSpec source -> new GithubUpstream(tool, source, downloads, pages(
                    source), rules, prover);
            case NpmSourceSpec source -> new NpmUpstream(tool, source, downloads, npm(), rules,
                    prover);
            case HttpSourceSpec source -> new WebUpstream(tool, source, downloads, rules, prover);
        };
    }

    /** GitHub's own API has them, or the one that the tool's releases are listed by. */
    private Attestations attestations(ToolSpec tool) {
        URI api = tool.source() instanceof GithubSourceSpec source
                ? source.apiBase()
                : GithubSourceSpec.PUBLIC_API;
        return new Attestations(github, downloads, api);
    }

    private ReleasePages pages(GithubSourceSpec source) {
        String repository = source.apiBase() + "/" + source.owner() + "/" + source.repository();
        return pages.computeIfAbsent(repository.toLowerCase(Locale.ROOT), _ -> new ReleasePages(
                source, github));
    }

    private synchronized NpmSettings npm() {
        if (npm == null) {
            npm = NpmSettings.read(context.config().file(), context.environment());
        }
        return npm;
    }

    private synchronized MavenClient maven() {
        if (maven == null) {
            maven = MavenClient.open(context.environment(), downloads);
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
