package dev.chandlery.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.http.HttpEvent;
import dev.chandlery.oci.http.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleSignalTest {

    @Test
    void tellsThoseWhoListenByEveryNameOfTheRegistry() {
        ThrottleSignal signal = new ThrottleSignal();
        List<Registry> told = new ArrayList<>();

        try (ThrottleSignal.Registration _ = signal.tell(told::add)) {
            signal.on(new HttpEvent.Throttled(Origin.parse("https://a.example"), "GET", 429,
                    Duration.ZERO));
            signal.on(new HttpEvent.Throttled(Origin.parse("http://b.example:5000"), "PUT", 503,
                    Duration.ZERO));
            signal.on(new HttpEvent.Repeated(Origin.parse("https://c.example"), "GET", 1));
        }
        signal.on(new HttpEvent.Throttled(Origin.parse("https://d.example"), "GET", 429,
                Duration.ZERO));

        assertThat(told).containsExactly(Registry.parse("a.example:443"), Registry.parse(
                "a.example"), Registry.parse("b.example:5000"));
    }
}
