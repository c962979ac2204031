package dev.chandlery.bench.copy.report;

import dev.chandlery.bench.copy.client.ClientRun;
import dev.chandlery.bench.copy.server.Requests;

/**
 * One copy by one client.
 *
 * @param requests that both registries were asked; their {@code answered} bytes are those fetched
 */
public record CopySample(ClientRun run, Requests requests) {
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;
    private static final double MEBI = 1 << 20;

    double seconds() {
        return run.seconds();
    }

    double cpuSeconds() {
        return run.cpuSeconds();
    }

    double peakMebibytes() {
        return run.peakBytes() / MEBI;
    }

    double requestCount() {
        return requests.count();
    }

    double megabytes() {
        return requests.answered() / MEGA;
    }

    double cpuPerGigabyte() {
        return requests.answered() == 0 ? 0 : cpuSeconds() * GIGA / requests.answered();
    }
}
