package dev.chandlery.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = TrustedProxies.parse(List.of("10.0.0.0/8",
            "2001:db8::/33", "::1"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"10.1.2.3|198.51.100.7|198.51.100.7",
            "10.1.2.3|203.0.113.9, 198.51.100.7|198.51.100.7",
            "10.1.2.3|198.51.100.7 , 10.9.9.9|198.51.100.7",
            "10.1.2.3|198.51.100.7:4711|198.51.100.7",
            "::1|[2001:db9::7]:4711|2001:db9:0:0:0:0:0:7",
            "2001:db8:7fff::1|198.51.100.7|198.51.100.7",
            "2001:db8:8000::1|198.51.100.7|2001:db8:8000:0:0:0:0:1",
            "203.0.113.9|198.51.100.7|203.0.113.9", "10.1.2.3||10.1.2.3", "10.1.2.3|x|10.1.2.3",
            "10.1.2.3|198.51.100.7,unknown|10.1.2.3", "10.1.2.3|10.0.0.1|10.0.0.1"})
    void believesProxiesOnly(String remote, @org.jspecify.annotations.Nullable String forwarded,
            String expected) {
        assertThat(PROXIES.client(InetAddress.ofLiteral(remote), forwarded == null
                ? List.of()
                : List.of(forwarded), List.of()).getHostAddress()).isEqualTo(expected);
    }

    /** A client may send what it likes, a quote without end too; what the proxy adds comes behind it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "10.1.2.3|for=198.51.100.7|198.51.100.7",
            "10.1.2.3|proto=https;FOR=198.51.100.7;by=10.1.2.3|198.51.100.7",
            "10.1.2.3|for=203.0.113.9, for=198.51.100.7|198.51.100.7",
            "10.1.2.3|for=198.51.100.7,for=10.9.9.9|198.51.100.7",
            "10.1.2.3|for=\"198.51.100.7:4711\"|198.51.100.7",
            "10.1.2.3|For=\"[2001:db9::7]:4711\"|2001:db9:0:0:0:0:0:7",
            "10.1.2.3|for=\"203.0.113.9, for=198.51.100.7|198.51.100.7",
            "10.1.2.3|host=\"a, for=198.51.100.7|198.51.100.7",
            "10.1.2.3|for=198.51.100.7, for=unknown|10.1.2.3",
            "10.1.2.3|for=198.51.100.7, for=_hidden|10.1.2.3",
            "10.1.2.3|for=203.0.113.9;for=198.51.100.7|10.1.2.3",
            "10.1.2.3|for=198.51.100.7, by=10.1.2.3|10.1.2.3", "10.1.2.3|for=\"|10.1.2.3",
            "203.0.113.9|for=198.51.100.7|203.0.113.9"})
    void readsForwardedWhereTheOtherIsMissing(String remote, String forwarded, String expected) {
        assertThat(PROXIES.client(InetAddress.ofLiteral(remote), List.of(), List.of(forwarded))
                .getHostAddress()).isEqualTo(expected);
    }

    @Test
    void readsForwardedNotBesideTheOther() {
        assertThat(PROXIES.client(InetAddress.ofLiteral("10.1.2.3"), List.of("198.51.100.7"), List
                .of("for=203.0.113.9")).getHostAddress()).isEqualTo("198.51.100.7");
        assertThat(PROXIES.client(InetAddress.ofLiteral("10.1.2.3"), List.of("x"), List.of(
                "for=203.0.113.9")).getHostAddress()).isEqualTo("10.1.2.3");
    }

    @Test
    void readsSeveralLinesInTheirOrder() {
        assertThat(PROXIES.client(InetAddress.ofLiteral("10.1.2.3"), List.of("203.0.113.9",
                "198.51.100.7"), List.of()).getHostAddress()).isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "10.0.0.0/33", "::1/129", "10.0.0.0/-1", "10.0.0.0/x"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> TrustedProxies.Network.parse(text)).isInstanceOf(
                IllegalArgumentException.class);
    }
}
