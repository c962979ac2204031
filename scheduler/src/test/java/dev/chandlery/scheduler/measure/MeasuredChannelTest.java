package dev.chandlery.scheduler.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.cli.metrics.PrometheusMetrics;
import dev.chandlery.oci.TransferException;
import dev.chandlery.scheduler.alert.Message;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alerts are counted by channel, whether they arrive or not. */
final class MeasuredChannelTest {
    private static final Message MESSAGE = new Message("here", List.of(), Instant.EPOCH);

    @Test
    void bothEndsAreCounted() {
        try (PrometheusMetrics metrics = PrometheusMetrics.ofService()) {
            new MeasuredChannel("mail", _ -> {}, metrics).send(MESSAGE);
            MeasuredChannel broken = new MeasuredChannel("chat", _ -> {
                throw new TransferException("no answer", null, true);
            }, metrics);
            assertThatThrownBy(() -> broken.send(MESSAGE)).hasMessage("no answer");

            assertThat(metrics.scrape()).contains(
                    "chandlery_alerts_sent_total{channel=\"mail\",result=\"sent\"} 1.0",
                    "chandlery_alerts_sent_total{channel=\"chat\",result=\"failed\"} 1.0");
        }
    }
}
