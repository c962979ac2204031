package dev.chandlery.dist.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.dist.monitoring.Question.Selector;
import dev.chandlery.dist.monitoring.Question.Series;
import dev.chandlery.registry.command.RegistryProgram;
import dev.chandlery.scheduler.command.SchedulerCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dashboard and rules ask of the services is what the services answer. */
class ScrapeIT {
    /** Publishing has not ended well here, and the registry has not failed: those values do not come. */
    private static final Set<String> NOT_YET = Set.of("task", "status");
    private static final Pattern ADDRESS = Pattern.compile("http://(127\\.0\\.0\\.1:[0-9]+)");
    private static final Pattern OF_REGISTRY = Pattern.compile("chandlery_registry_[a-z0-9_]+");
    private static final Pattern OF_SCHEDULER = Pattern.compile(
            "chandlery_(?:jobs?|incidents|health)_[a-z0-9_]+");

    @TempDir
    Path folder;

    @Test
    void everySeriesIsScraped() throws IOException, InterruptedException {
        Service registry = new Service(RegistryProgram.class, "serve", "--storage", folder.resolve(
                "storage").toString(), "--listen", "127.0.0.1:0");
        try (registry) {
            Path config = Files.writeString(folder.resolve("registry.yaml"), """
                    primary_registry: {url: "%s", namespace: test}
                    cache: {local_cache_dir: cache}
                    scheduler: {jobs: {health: {every: 1h}}}
                    """.formatted(registry.address()));
            Service scheduler = new Service(SchedulerCommand.class, "run", "--metrics",
                    "127.0.0.1:0", "--config", config.toString());
            try (scheduler) {
                assertAnswers(scheduler.series("chandlery_job_last_success"), OF_SCHEDULER);
            }
            assertAnswers(registry.series("chandlery_registry_requests"), OF_REGISTRY);
        }
    }

    /** By name, with the labels that are asked for, and with values of them that are. */
    private static void assertAnswers(List<Series> scraped, Pattern names) throws IOException {
        int asked = 0;
        for (Question question : Question.all()) {
            for (Selector selector : question.selectors()) {
                if (names.matcher(selector.name()).matches()) {
                    assertThat(scraped).as("%s: %s", question.where(), selector)
                            .anyMatch(series -> series.answers(selector, condition -> !NOT_YET
                                    .contains(condition.label())));
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(4);
    }

    /** A program that serves, on a thread of its own. */
    private final class Service implements AutoCloseable {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final Thread thread;

        Service(Class<?> root, String... arguments) {
            PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
            Console console = Console.plain(stream, stream, Map.of("HOME", folder.toString()));
            this.thread = Thread.ofPlatform()
                    .start(() -> new Program(console, root).run(arguments));
        }

        String address() throws InterruptedException {
            Matcher matcher = ADDRESS.matcher(out.toString(StandardCharsets.UTF_8));
            for (int i = 0; i < 2400 && !matcher.find(); i++) {
                thread.join(Duration.ofMillis(50));
                matcher = ADDRESS.matcher(out.toString(StandardCharsets.UTF_8));
            }
            return matcher.group(1);
        }

        /** All series, as soon as one that begins so is among them. */
        List<Series> series(String awaited) throws IOException, InterruptedException {
            String text = "";
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address()
                        + "/metrics")).build();
                while (!text.contains("\n" + awaited) && System.nanoTime() < deadline) {
                    text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
                    thread.join(Duration.ofMillis(50));
                }
            }
            return Series.of(text);
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join(Duration.ofMinutes(1));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
