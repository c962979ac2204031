package dev.chandlery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UnauthorizedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class ProgramTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static Supplier<RuntimeException> failure = () -> new IllegalStateException("boom");

    @Command(name = "tool", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class)
    static final class Tool implements Callable<Integer> {
        private final Console console;

        @Mixin
        private GlobalOptions global = new GlobalOptions();

        @Mixin
        private FormatOption format = new FormatOption();

        @Option(names = "--fail")
        private boolean fail;

        Tool(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            if (fail) {
                throw failure.get();
            }
            console.out().println(format.json() ? "{}" : "text " + global.quiet());
            return ExitCode.DONE.code();
        }
    }

    @Test
    void resultsGoToStandardOutputAlone() {
        assertThat(run("-q")).isEqualTo(0);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("text true\n");
        assertThat(err.size()).isZero();
    }

    @Test
    void unknownOptionIsUsageWithAHint() {
        assertThat(run("--nope")).isEqualTo(2);
        assertThat(errors()).contains("Error: Unknown option: '--nope'", "Hint: run 'tool --help'");
        assertThat(out.size()).isZero();
    }

    @Test
    void versionNamesTheProgram() {
        assertThat(run("--version")).isEqualTo(0);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("tool ")
                .doesNotContain("${");
    }

    @Test
    void failuresBecomeErrorLinesAndExitCodes() {
        assertFailure(() -> new ContentNotFoundException("cannot resolve v1: not found"), 1,
                "Error: cannot resolve v1: not found");
        assertFailure(() -> new OperationCancelledException("cancelled"), 130, "Error: cancelled");
        assertFailure(() -> new UnauthorizedException("cannot push"), 1, "Hint: log in");
        assertFailure(() -> new TransferException("cannot reach host", null, true), 1,
                "Hint: check the network");
        assertFailure(ProgramTest::badTag, 2, "Error: invalid tag \"-x\"");
        assertFailure(() -> new CommandException(ExitCode.PARTLY, "some failed", "look above"), 3,
                "Hint: look above");
        assertFailure(() -> new IllegalStateException("boom"), 1, "Hint: run again with -v");
    }

    @Test
    void scriptsFindADocumentHoweverTheCommandEnds() throws IOException {
        failure = () -> new TransferException("cannot reach host", null, true);
        assertThat(run("--fail", "-o", "json")).isEqualTo(1);
        assertDocument("failed", 1, "cannot reach host");
        assertThat(run("--nope", "--output=json")).isEqualTo(2);
        assertDocument("usage", 2, "Unknown option: '--nope'");
        failure = () -> new OperationCancelledException("cannot go on: interrupted");
        assertThat(run("--fail", "-o", "JSON")).isEqualTo(130);
        assertDocument("interrupted", 130, "cannot go on: interrupted");

        out.reset();
        assertThat(run("-o", "json")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{}\n");
        out.reset();
        assertThat(run("--fail")).isEqualTo(130);
        assertThat(out.size()).isZero();
    }

    private void assertDocument(String status, int code, String error) throws IOException {
        JsonNode document = new JsonMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(document.path("status").asText()).isEqualTo(status);
        assertThat(document.path("exit_code").asInt()).isEqualTo(code);
        assertThat(document.path("errors").get(0).asText()).isEqualTo(error);
        out.reset();
    }

    private void assertFailure(Supplier<RuntimeException> thrown, int code, String expected) {
        failure = thrown;
        err.reset();
        assertThat(run("--fail")).isEqualTo(code);
        assertThat(errors()).contains(expected).doesNotContain("\tat ");
    }

    private static OciException badTag() {
        try {
            return new ContentNotFoundException(new Tag("-x").value());
        } catch (OciException e) {
            return e;
        }
    }

    private int run(String... args) {
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of());
        return new Program(console, Tool.class).run(args);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
