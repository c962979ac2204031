package dev.chandlery.manager.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.copy.CopyOutcome;
import dev.chandlery.oci.copy.CopyRequest;
import dev.chandlery.oci.store.MemoryStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong clock = new AtomicLong();
    private final Pace pace = new Pace(40, clock::get);
    private final CopyRequest request = CopyRequest.of(new MemoryStore(), new Tag("v1"),
            new MemoryStore());
    private final CopyOutcome failed = new CopyOutcome.NotCopied(request, new TransferException(
            "cannot push", null, true));

    @Test
    void tellsHowFarItIs() {
        assertThat(pace.words()).isEqualTo("0 of 40 tags");
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        pace.sent(3L << 20);
        pace.ended(new CopyOutcome.Copied(request, Descriptor.EMPTY, true));
        pace.ended(new CopyOutcome.Copied(request, Descriptor.EMPTY, false));
        assertThat(pace.words()).isEqualTo("2 of 40 tags, 3.0 MiB sent, 1.5 MiB/s");
        pace.ended(failed);
        assertThat(pace.reached()).isEqualTo("2 of 40 tags, 1 failed, 3.0 MiB sent");
    }

    @Test
    void failuresAreToldAtOnceWhereTheEndIsFarAway() {
        pace.ended(failed);
        assertThat(pace.tellsFailures()).isFalse();
        clock.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(pace.tellsFailures()).isTrue();
        for (int i = 0; i < 50; i++) {
            pace.ended(failed);
        }
        assertThat(pace.tellsFailures()).isFalse();
    }
}
