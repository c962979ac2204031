package dev.chandlery.dist.verify;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.manager.command.ManagerCommand;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.client.ClientOptions;
import dev.chandlery.oci.client.RemoteRegistry;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.publisher.command.PublishCommand;
import dev.chandlery.scheduler.command.SchedulerCommand;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A folder with registry.yaml for one tool of a web site, and the programs to run on it. */
final class Shop {
    static final List<String> PLATFORMS = List.of("linux-x86_64", "darwin-arm64");

    private final Path folder;
    private final FlawedSite site;
    private final Map<String, String> environment = new TreeMap<>();

    Shop(Path folder, FlawedSite site) {
        this.folder = folder;
        this.site = site;
    }

    /** What a run printed, and how it ended. */
    record Outcome(int code, String out, String err) {
        String all() {
            return out + err;
        }
    }

    static byte[] script(String platform) {
        return ("#!/bin/sh\necho hello 1.0.0 for " + platform + "\n").getBytes(
                StandardCharsets.UTF_8);
    }

    void release() {
        release("1.0.0");
    }

    /** All versions have the same files: what tells them apart is their name alone. */
    void release(String version) {
        StringBuilder sums = new StringBuilder();
        for (String platform : PLATFORMS) {
            site.put("/hello/" + version + "/hello-" + platform, script(platform));
            sums.append(Digest.ofBytes(script(platform)).encoded())
                    .append("  hello-")
                    .append(
                            platform)
                    .append('\n');
        }
        site.put("/hello/" + version + "/SHA256SUMS", sums.toString()
                .getBytes(StandardCharsets.UTF_8));
    }

    /** @param more lines of registry.yaml */
    void config(String registry, String more) throws IOException {
        config(registry, more, "1.0.0");
    }

    /** As {@link #config(String, String)}, of several versions. */
    void config(String registry, String more, String... versions) throws IOException {
        write("""
                primary_registry: {url: "%s", namespace: test, storage: registry}
                cache: {local_cache_dir: cache}
                publishing:
                  retry_attempts: %4$d
                  tool_sources:
                    hello:
                      platforms: [linux-x86_64, darwin-arm64]
                      versions: 9
                      http:
                        url: "%2$s/hello/{version}/hello-{platform}"
                        versions: %3$s
                        checksum_url: "%2$s/hello/{version}/SHA256SUMS"
                """.formatted(registry, site.address(), Stream.of(versions)
                .map(version -> "\"" + version + "\"")
                .toList(), registry.equals("embedded") ? 0 : 3) + more);
    }

    /** Writes registry.yaml. */
    void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("registry.yaml"), yaml);
    }

    /** Sets a variable of the environment for all that is run. */
    void environment(String name, String value) {
        environment.put(name, value);
    }

    /** Writes a new pair of keys: NAME.pem and NAME.pub. */
    void keys(String name) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair pair = generator.generateKeyPair();
            Files.writeString(folder.resolve(name + ".pem"), pem("PRIVATE KEY", pair.getPrivate()
                    .getEncoded()));
            Files.writeString(folder.resolve(name + ".pub"), pem("PUBLIC KEY", pair.getPublic()
                    .getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'})
                .encodeToString(content) + "\n-----END " + label + "-----\n";
    }

    Outcome publish(String... arguments) {
        return run(PublishCommand.class, arguments);
    }

    Outcome manager(String... arguments) {
        return run(ManagerCommand.class, arguments);
    }

    Outcome scheduler(String... arguments) {
        return run(SchedulerCommand.class, arguments);
    }

    private Outcome run(Class<?> program, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), environment());
        int code = new Program(console, program).run(arguments);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(
                StandardCharsets.UTF_8));
    }

    private Map<String, String> environment() {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("HOME", folder.toString());
        all.put("CHANDLERY_CONFIG", folder.resolve("registry.yaml").toString());
        return all;
    }

    <T> T ask(Function<RemoteRepository, T> question) {
        return ask("hello", question);
    }

    /** Asks the embedded registry about a tool. */
    <T> T ask(String tool, Function<RemoteRepository, T> question) {
        try (var handle = EmbeddedRegistry.load().open(folder.resolve("registry"));
                HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT)) {
            return question.apply(new RemoteRegistry(handle.registry(), transport,
                    CredentialProvider.anonymous(), ClientOptions.DEFAULT.withPlainHttp(true))
                    .repository(new RepositoryName("test/tools/" + tool)));
        }
    }

    static List<Descriptor> referrers(RemoteRepository repository, Digest subject) {
        try (Stream<Descriptor> all = repository.referrerLister()
                .orElseThrow()
                .referrers(subject)) {
            return all.toList();
        }
    }

    /** The file of a blob in the embedded registry's storage. */
    Path stored(Digest digest) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("registry"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString()
                            .replace("/", "")
                            .contains(digest.encoded()))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
