package dev.chandlery.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.registry.command.RegistryProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The id of a run is in its log, in the history, and in the registry's access log beside each of its requests. */
class CorrelationIT {
    private static final Pattern ADDRESS = Pattern.compile("http://(127\\.0\\.0\\.1:[0-9]+)");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @Test
    void theRunIsSeenInTheAccessLog() throws Exception {
        Files.writeString(folder.resolve("registry.yaml"), "primary_registry: {url: embedded}\n");
        try (SchedulerProcess registry = SchedulerProcess.start(folder, "registry",
                RegistryProgram.class, "serve", "--storage", folder.resolve("storage").toString(),
                "--listen", "127.0.0.1:0", "--access-log", "json")) {
            registry.await(() -> ADDRESS.matcher(registry.log()).find(), "an address");
            Matcher address = ADDRESS.matcher(registry.log());
            assertThat(address.find()).isTrue();
            Files.writeString(folder.resolve("registry.yaml"), """
                    primary_registry: {url: "%s", namespace: test}
                    cache: {local_cache_dir: cache}
                    logging: {level: DEBUG, format: json}
                    """.formatted(address.group(1)));
            String run;
            try (SchedulerProcess once = SchedulerProcess.start(folder, "once", "once", "health",
                    "-o", "json")) {
                assertThat(once.end()).as(once.log()).isZero();
                run = JSON.readTree(SchedulerProcess.ask(folder, "history", "-o", "json"))
                        .at(
                                "/runs/0/id")
                        .asText();
                assertThat(lines(once.log())).filteredOn(line -> line.path("message")
                        .asText()
                        .matches(".*\\(.*|health (begins|done: .*)"))
                        .hasSizeGreaterThan(2)
                        .allSatisfy(line -> assertThat(line.path("run").asText()).isEqualTo(run));
            }
            assertThat(run).startsWith("health-");
            registry.await(() -> registry.log().contains(run), run);
            List<JsonNode> requests = lines(registry.log());
            assertThat(requests).hasSizeGreaterThan(1)
                    .allSatisfy(request -> assertThat(request.path("request").asText()).isEqualTo(
                            run));
        }
    }

    private static List<JsonNode> lines(String log) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : log.lines().filter(text -> text.startsWith("{\"")).toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
