package dev.chandlery.bench.publish;

/**
 * How one run went.
 *
 * @param seconds from its start to its end
 * @param cpuSeconds of it and its children; 0 of the benchmark's own threads
 * @param peakBytes most resident memory; 0 of the benchmark's own threads
 * @param mostDownloads that ran at a time
 */
public record PublishSample(double seconds, double cpuSeconds, long peakBytes,
        int mostDownloads) {}
