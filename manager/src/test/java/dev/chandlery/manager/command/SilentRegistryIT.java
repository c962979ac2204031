package dev.chandlery.manager.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that takes connections and says nothing; slow, as patience is waited for. */
class SilentRegistryIT {

    @Test
    void healthGivesItUpSoon(@TempDir Path folder) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Path config = Files.writeString(folder.resolve("registry.yaml"), """
                    primary_registry: {url: "127.0.0.1:%d"}
                    cache: {local_cache_dir: cache}
                    """.formatted(silent.getLocalPort()));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                    System.err, Map.of("HOME", folder.toString()));
            long start = System.nanoTime();

            int code = new Program(console, ManagerCommand.class).run("health", "--config", config
                    .toString());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(
                    1));
            assertThat(code).isEqualTo(1);
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"unhealthy\"", "cannot ");
        }
    }
}
