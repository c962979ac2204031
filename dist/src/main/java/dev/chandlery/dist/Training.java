package dev.chandlery.dist;

import com.sun.net.httpserver.HttpServer;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Program;
import dev.chandlery.manager.command.ManagerCommand;
import dev.chandlery.publisher.command.PublishCommand;
import dev.chandlery.registry.command.RegistryProgram;
import dev.chandlery.scheduler.command.SchedulerCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;

/**
 * Runs a program's usual commands in one process, while the JVM records what they load and call. All of it
 * stays on loopback and in the scratch folder.
 */
public final class Training {
    private static final String TOOL = "#!/bin/sh\necho trained\n";
    private static final int STEP_MILLIS = 20;
    private static final int PATIENCE_STEPS = 3000;

    private final Path scratch;
    private final Console console;

    private Training(Path scratch) {
        this.scratch = scratch;
        // Results are not for anyone, and what goes wrong is for the log.
        this.console = Console.plain(new PrintStream(System.err, true, StandardCharsets.UTF_8),
                System.err, Map.of("HOME", scratch.toString()));
    }

    /** Arguments: the cache's name, an empty folder to work in. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Training training = new Training(Path.of(args[1]));
        switch (args[0]) {
            case "manager" -> training.look();
            case "manager-longer" -> training.copy();
            case "publisher" -> training.publish();
            case "registry" -> training.serve();
            case "scheduler" -> training.schedule();
            default -> throw new IllegalArgumentException("no such program: " + args[0]);
        }
    }

    /**
     * What people ask at a terminal, of the embedded registry and of one elsewhere. Tools are published by a process
     * of its own: whatever is loaded here is mapped and linked at each start of such a command.
     */
    private void look() throws IOException, InterruptedException {
        HttpServer site = site();
        try (RegistryProcess registry = RegistryProcess.start(scratch.resolve("served"))) {
            run(ManagerCommand.class, "--help");
            run(ManagerCommand.class, "--version");
            for (String url : new String[]{"embedded", registry.address()}) {
                String config = configure(site, url).toString();
                RegistryProcess.run("publisher", "--config", config);
                run(ManagerCommand.class, "health", "--config", config);
                run(ManagerCommand.class, "versions", "trained", "--config", config);
            }
        } finally {
            site.stop(0);
        }
    }

    /** Between registries over HTTP, some thousand requests: what these commands do for most of their time. */
    private void copy() throws IOException {
        HttpServer site = site();
        Path layout = scratch.resolve("layout");
        TrainingLayout.write(layout);
        try (RegistryProcess from = RegistryProcess.start(scratch.resolve("from"));
                RegistryProcess to = RegistryProcess.start(scratch.resolve("to"))) {
            String config = configure(site).toString();
            run(PublishCommand.class, "--config", config);
            run(ManagerCommand.class, "pull", "trained", "--config", config, "-o", scratch.resolve(
                    "pulled").toString());
            run(ManagerCommand.class, "migrate", "--config", config, "--to", "embedded:" + scratch
                    .resolve("target"));
            run(ManagerCommand.class, "import", layout.toString(), "--config", config, "--to",
                    from.address(), "--include", "**");
            String[] migrate = {"migrate", "--config", config, "--from", from.address(), "--to",
                    to.address(), "--include", "**"};
            run(ManagerCommand.class, migrate);
            run(ManagerCommand.class, migrate);
            run(ManagerCommand.class, "export", "--config", config, "--from", to.address(),
                    "--include", "**", "--to", scratch.resolve("all.tar").toString());
        } finally {
            site.stop(0);
        }
    }

    private void publish() throws IOException {
        HttpServer site = site();
        try {
            Path config = configure(site);
            run(PublishCommand.class, "--help");
            run(PublishCommand.class, "--config", config.toString(), "--dry-run");
            run(PublishCommand.class, "--config", config.toString());
            run(PublishCommand.class, "--config", config.toString(), "-o", "json");
            publishReleases(site);
        } finally {
            site.stop(0);
        }
    }

    /** To a registry over HTTP: what a publisher does for most of its time. */
    private void publishReleases(HttpServer site) throws IOException {
        TrainingReleases.write(scratch.resolve("releases")).offer(site);
        try (RegistryProcess registry = RegistryProcess.start(scratch.resolve("to"))) {
            Path config = Files.writeString(scratch.resolve("releases.yaml"), """
                    primary_registry: {url: "%s", namespace: training}
                    cache: {local_cache_dir: cache-of-releases}
                    publishing:
                      tool_sources:
                    """.formatted(registry.address()) + TrainingReleases.sources(address(site)));
            run(PublishCommand.class, "--config", config.toString(), "--tool", "all");
            run(PublishCommand.class, "--config", config.toString(), "--tool", "all");
        }
    }

    private void schedule() throws IOException {
        HttpServer site = site();
        try {
            Path config = configure(site);
            run(SchedulerCommand.class, "--help");
            run(SchedulerCommand.class, "once", "publish", "--config", config.toString());
            run(SchedulerCommand.class, "once", "health", "--config", config.toString());
            run(SchedulerCommand.class, "list", "--config", config.toString());
            run(SchedulerCommand.class, "history", "--config", config.toString(), "-o", "json");
        } finally {
            site.stop(0);
        }
    }

    /** Serves until the first requests are answered, and is then interrupted, as it would go on for ever. */
    private void serve() throws IOException, InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Console listening = Console.plain(new PrintStream(said, true, StandardCharsets.UTF_8),
                console.err(), console.environment());
        Thread server = Thread.ofPlatform()
                .start(() -> run(listening, RegistryProgram.class, "serve", "--storage", scratch
                        .resolve("served")
                        .toString(), "--listen", "127.0.0.1:0"));
        Matcher address = RegistryProcess.ADDRESS.matcher("");
        for (int i = 0; i < PATIENCE_STEPS && server.isAlive() && !address.reset(said.toString(
                StandardCharsets.UTF_8)).find(); i++) {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        }
        if (address.reset(said.toString(StandardCharsets.UTF_8)).find()) {
            new FirstRequests(URI.create(address.group())).send();
        }
        server.interrupt();
        server.join();
    }

    private void run(Class<?> command, String... arguments) {
        run(console, command, arguments);
    }

    private static void run(Console console, Class<?> command, String... arguments) {
        int code = new Program(console, command).run(arguments);
        String line = command.getSimpleName() + " " + String.join(" ", arguments) + ": " + code;
        System.err.println(line);
        if (code != ExitCode.DONE.code() && code != ExitCode.INTERRUPTED.code()) {
            throw new IllegalStateException("a command of the training failed: " + line);
        }
    }

    private Path configure(HttpServer site) throws IOException {
        return configure(site, "embedded");
    }

    private Path configure(HttpServer site, String registry) throws IOException {
        return Files.writeString(scratch.resolve("registry.yaml"), """
                primary_registry: {url: "%2$s", namespace: training, storage: registry}
                cache: {local_cache_dir: cache}
                publishing:
                  tool_sources:
                    trained:
                      http: {url: "%1$s/trained-{platform}", versions: ["1.0"]}
                      platforms: [linux-x86_64, linux-aarch64, darwin-x86_64, darwin-arm64]
                """.formatted(address(site), registry));
    }

    private static String address(HttpServer site) {
        return "http://127.0.0.1:" + site.getAddress().getPort();
    }

    private static HttpServer site() throws IOException {
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress
                .getLoopbackAddress(), 0), 0);
        byte[] body = TOOL.getBytes(StandardCharsets.UTF_8);
        site.createContext("/", exchange -> {
            try (exchange) {
                if (exchange.getRequestMethod().equals("HEAD")) {
                    exchange.getResponseHeaders()
                            .set("Content-Length", Integer.toString(
                                    body.length));
                    exchange.sendResponseHeaders(200, -1);
                } else {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            }
        });
        site.start();
        return site;
    }
}
