package dev.chandlery.testkit;

import dev.chandlery.oci.Registry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The distribution registry as a process of its own on a free port of loopback, as Debian packages it.
 *
 * <p><b>Concurrency:</b> a thread reads its log until it ends.
 */
final class RegistryProcess implements RunningRegistry {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_END = Duration.ofSeconds(20);
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final TemporaryFolder folder;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final AtomicReference<String> port = new AtomicReference<>("");
    private final CountDownLatch started = new CountDownLatch(1);

    private RegistryProcess(Process process, TemporaryFolder folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts one, where the program is. */
    static Optional<RunningRegistry> start(RegistryOptions options,
            Map<String, String> environment) {
        return Programs.find("docker-registry", environment)
                .map(program -> start(program, options));
    }

    private static RunningRegistry start(Path program, RegistryOptions options) {
        TemporaryFolder folder = TemporaryFolder.create();
        options.files("127.0.0.1:0", folder.path().toString()).forEach(folder::write);
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "serve", folder.path()
                .resolve("config.yml")
                .toString()).redirectErrorStream(true);
        try {
            RegistryProcess running = new RegistryProcess(builder.start(), folder);
            Thread.ofVirtual().name("log of docker-registry").start(running::readLog);
            running.awaitStart();
            return running;
        } catch (IOException e) {
            folder.close();
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Registry registry() {
        return new Registry("127.0.0.1", Integer.parseInt(port.get()));
    }

    @Override
    public String description() {
        return "docker-registry, process " + process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        if (!hasEnded()) {
            process.destroyForcibly().onExit().join();
        }
        folder.close();
    }

    private void readLog() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                Matcher found = LISTENING.matcher(line);
                if (found.find()) {
                    port.set(found.group(1));
                    started.countDown();
                }
            }
        } catch (IOException e) {
            log.add(e.toString());
        }
        started.countDown();
    }

    private void awaitStart() {
        try {
            if (started.await(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS) && !port.get()
                    .isEmpty()) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        close();
        throw new IllegalStateException("docker-registry did not start: " + log);
    }

    private boolean hasEnded() {
        try {
            return process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
