package dev.chandlery.publisher.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.config.operation.LoggingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that write one log at once, one of which is killed. */
class AuditAcrossProcessesIT {
    private static final int LINES = 150;

    @TempDir
    Path folder;

    /** Writes lines of many lengths. */
    static final class Writer {
        private Writer() {}

        public static void main(String... args) {
            PublishAudit audit = PublishAudit.open(new LoggingSpec(LoggingSpec.Level.WARN,
                    LoggingSpec.Format.TEXT, true, Path.of(args[0]), 90), Clock.systemUTC());
            int lines = Integer.parseInt(args[2]);
            for (int i = 0; i < lines; i++) {
                audit.write(Decision.of(Decision.Kind.KEPT, args[1], "1." + i, Map.of("filler", "x"
                        .repeat(i % 50 * 79))));
            }
        }
    }

    @Test
    void noLineIsTornAndNoneIsLost() throws Exception {
        Process endless = start("killed", Integer.MAX_VALUE);
        List<Process> writers = List.of(start("one", LINES), start("two", LINES));
        for (Process writer : writers) {
            assertThat(writer.waitFor()).isZero();
        }
        endless.destroyForcibly().waitFor();
        start("last", 1).waitFor();

        List<String> tools = new ArrayList<>();
        int torn = 0;
        for (String line : lines()) {
            try {
                JsonNode node = new JsonMapper().readTree(line);
                tools.add(node.path("tool").asText());
            } catch (com.fasterxml.jackson.core.JsonProcessingException _) {
                torn++; // only what the kill cut off
            }
        }
        assertThat(torn).isLessThanOrEqualTo(1);
        assertThat(tools.stream().filter("one"::equals)).hasSize(LINES);
        assertThat(tools.stream().filter("two"::equals)).hasSize(LINES);
        assertThat(tools.stream().filter("last"::equals)).hasSize(1);
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private Process start(String tool, int lines) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Writer.class
                        .getName(), folder.toString(), tool, Integer.toString(lines))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
