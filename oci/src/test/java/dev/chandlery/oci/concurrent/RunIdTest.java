package dev.chandlery.oci.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RunIdTest {

    @Test
    void subtasksInheritIt() {
        List<Optional<String>> seen = RunId.with("run-1", () -> TaskScope.mapAll("a", List.of(1, 2),
                _ -> TaskScope.mapAll("b", List.of(1), _ -> RunId.current()).getFirst()));

        assertThat(seen).containsExactly(Optional.of("run-1"), Optional.of("run-1"));
        assertThat(RunId.current()).isEmpty();
        assertThat(TaskScope.mapAll("c", List.of(1), _ -> RunId.current())).containsExactly(Optional
                .empty());
    }

    @Test
    void requestsBearIt() throws IOException {
        List<String> ids = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress
                .getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                ids.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Request-Id")));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try (HttpTransport transport = new HttpTransport(TransportOptions.of(Map.of()))) {
            RunId.with("run-7", () -> {
                transport.send(HttpCall.get(address)).close();
                return true;
            });
            transport.send(HttpCall.get(address)).close();
        } finally {
            server.stop(0);
        }
        assertThat(ids).containsExactly("run-7", "null");
    }

    @Test
    void refusesWhatDoesNotFitAHeader() {
        assertThatThrownBy(() -> RunId.with("a\r\nb", () -> true)).isInstanceOf(
                IllegalArgumentException.class);
    }
}
