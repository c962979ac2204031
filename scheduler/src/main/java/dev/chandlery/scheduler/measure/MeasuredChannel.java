package dev.chandlery.scheduler.measure;

import dev.chandlery.cli.metrics.Metric;
import dev.chandlery.cli.metrics.Metrics;
import dev.chandlery.scheduler.alert.Channel;
import dev.chandlery.scheduler.alert.Message;

/**
 * Counts what a channel was told, and what it could not be told.
 *
 * @param name of the channel
 */
public record MeasuredChannel(String name, Channel channel, Metrics metrics) implements Channel {
    private static final String FAILED = "failed";

    /** One whose failures are seen from the first on. */
    public static MeasuredChannel of(String name, Channel channel, Metrics metrics) {
        metrics.expect(Metric.ALERTS, name, FAILED);
        return new MeasuredChannel(name, channel, metrics);
    }

    @Override
    public void send(Message message) {
        boolean sent = false;
        try {
            channel.send(message);
            sent = true;
        } finally {
            metrics.add(Metric.ALERTS, 1, name, sent ? "sent" : FAILED);
        }
    }
}
