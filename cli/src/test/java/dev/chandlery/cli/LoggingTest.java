package dev.chandlery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.config.operation.LoggingSpec;
import dev.chandlery.oci.concurrent.RunId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest {
    private static final LoggingSpec USUAL = new LoggingSpec(LoggingSpec.Level.WARN,
            LoggingSpec.Format.TEXT, false, Path.of("audit"), 90);

    @AfterEach
    void reset() {
        Logging.configure(USUAL);
    }

    @Test
    void linesOfJsonBearTheRun() throws IOException {
        String lines = logged(LoggingSpec.Level.INFO, LoggingSpec.Format.JSON);

        JsonNode first = new ObjectMapper().readTree(lines.lines().toList().getFirst());
        assertThat(first.path("level").asText()).isEqualTo("INFO");
        assertThat(first.path("logger").asText()).isEqualTo("dev.chandlery.test");
        assertThat(first.path("run").asText()).isEqualTo("run-1");
        assertThat(first.path("message").asText()).isEqualTo("told \"once\"\nand again");
        assertThat(first.path("time").asText()).isNotEmpty();
        JsonNode last = new ObjectMapper().readTree(lines.lines().toList().getLast());
        assertThat(last.has("run")).isFalse();
        assertThat(last.path("error").asText()).contains("IllegalStateException: broken");
        assertThat(lines.lines()).hasSize(2);
    }

    @Test
    void linesOfTextBearTheRun() {
        assertThat(logged(LoggingSpec.Level.INFO, LoggingSpec.Format.TEXT)).contains(
                "[run-1] told").doesNotContain("detail");
    }

    @Test
    void wholeFailuresAreForThoseWhoDebug() {
        assertThat(logged(LoggingSpec.Level.INFO, LoggingSpec.Format.TEXT)).contains(
                "failed: java.lang.IllegalStateException: broken\n").doesNotContain("\tat ");
        assertThat(logged(LoggingSpec.Level.DEBUG, LoggingSpec.Format.TEXT)).contains(
                "IllegalStateException: broken\n\tat ");
    }

    @Test
    void aMessageOfOthersPassesForNoOtherEvent() {
        String lines = logged(LoggingSpec.Level.INFO, LoggingSpec.Format.TEXT,
                "denied\n12:00:00.000 ERROR forged\r\u001b[31mred\u0085x");

        assertThat(lines.lines().toList().get(1)).startsWith("    12:00:00.000 ERROR forged");
        assertThat(lines).doesNotContain("\r", "\u001b", "\u0085");
    }

    @Test
    void lessImportantThanTheLevelIsNotWritten() {
        assertThat(logged(LoggingSpec.Level.ERROR, LoggingSpec.Format.TEXT)).isEmpty();
        assertThat(logged(LoggingSpec.Level.DEBUG, LoggingSpec.Format.TEXT)).contains("detail");
    }

    private static String logged(LoggingSpec.Level level, LoggingSpec.Format format) {
        return logged(level, format, "told \"once\"\nand again");
    }

    private static String logged(LoggingSpec.Level level, LoggingSpec.Format format,
            String message) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            Logging.configure(new LoggingSpec(level, format, false, Path.of("audit"), 90));
            System.Logger log = System.getLogger("dev.chandlery.test");
            RunId.with("run-1", () -> {
                log.log(System.Logger.Level.INFO, message);
                return true;
            });
            log.log(System.Logger.Level.DEBUG, "detail");
            log.log(System.Logger.Level.WARNING, "failed", new IllegalStateException("broken"));
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
