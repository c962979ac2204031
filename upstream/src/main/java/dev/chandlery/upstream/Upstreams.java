package dev.chandlery.upstream;

import dev.chandlery.config.ToolSpec;

public final class Upstreams {
    public Upstreams(UpstreamContext context) {}

    public Upstream forTool(ToolSpec tool) {
        throw new IllegalStateException("not yet");
    }
}
