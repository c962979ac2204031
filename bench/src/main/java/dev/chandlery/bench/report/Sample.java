package dev.chandlery.bench.report;

import dev.chandlery.bench.load.Work;

/**
 * One measurement of one server.
 *
 * @param cpuSeconds that the server used meanwhile
 * @param peakBytes most memory that it had resident meanwhile, mapped files included
 */
public record Sample(Work work, double cpuSeconds, long peakBytes) {
    private static final double MICROS = 1e6;
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;
    private static final double MEBI = 1 << 20;

    double rate() {
        return work.operations() / work.seconds();
    }

    double megabytesPerSecond() {
        return work.bytes() / MEGA / work.seconds();
    }

    double cpuMicros() {
        return work.operations() == 0 ? 0 : cpuSeconds * MICROS / work.operations();
    }

    double cpuPerGigabyte() {
        return work.bytes() == 0 ? 0 : cpuSeconds * GIGA / work.bytes();
    }

    double peakMebibytes() {
        return peakBytes / MEBI;
    }
}
