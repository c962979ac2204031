package dev.chandlery.dist;

import com.sun.net.httpserver.HttpServer;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.manager.command.ManagerCommand;
import dev.chandlery.publisher.command.PublishCommand;
import dev.chandlery.registry.command.RegistryProgram;
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
import java.util.regex.Pattern;

/**
 * Runs a program's usual commands in one process, while the JVM records what they load and call. All of it
 * stays on loopback and in the scratch folder.
 */
public final class Training {
    private static final String TOOL = "#!/bin/sh\necho trained\n";
    /** What the registry says first. */
    private static final Pattern ADDRESS = Pattern.compile("http://[0-9.]+:[0-9]+(?=\\s)");
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

    /** Arguments: the program's name, an empty folder to work in. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Training training = new Training(Path.of(args[1]));
        switch (args[0]) {
            case "manager" -> training.manage();
            case "publisher" -> training.publish();
            case "registry" -> training.serve();
            default -> throw new IllegalArgumentException("no such program: " + args[0]);
        }
    }

    private void manage() throws IOException {
        HttpServer site = site();
        try {
            Path config = configure(site);
            run(PublishCommand.class, "--config", config.toString());
            run(ManagerCommand.class, "--help");
            run(ManagerCommand.class, "health", "--config", config.toString());
            run(ManagerCommand.class, "versions", "trained", "--config", config.toString());
            run(ManagerCommand.class, "pull", "trained", "--config", config.toString(), "-o",
                    scratch.resolve("pulled").toString());
            String target = "embedded:" + scratch.resolve("target");
            run(ManagerCommand.class, "migrate", "--config", config.toString(), "--to", target);
            run(ManagerCommand.class, "migrate", "--config", config.toString(), "--to", target,
                    "-o", "json");
            run(ManagerCommand.class, "health", "--config", config.toString());
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
        Matcher address = ADDRESS.matcher("");
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
        System.err.println(command.getSimpleName() + " " + String.join(" ", arguments) + ": "
                + code);
    }

    private Path configure(HttpServer site) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + site.getAddress().getPort());
        return Files.writeString(scratch.resolve("registry.yaml"), """
                primary_registry: {url: embedded, namespace: training, storage: registry}
                cache: {local_cache_dir: cache}
                publishing:
                  tool_sources:
                    trained:
                      http: {url: "%1$s/trained-{platform}", versions: ["1.0"]}
                      platforms: [linux-x86_64, linux-aarch64, darwin-x86_64, darwin-arm64]
                """.formatted(address));
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
