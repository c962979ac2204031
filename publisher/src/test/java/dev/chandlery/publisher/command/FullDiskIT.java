package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.testkit.hostile.HostileRegistry;
import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No room for what a run downloads, or unpacks: a limit on the size of files stands for a full disk. */
class FullDiskIT {
    private static final int SECONDS = 60;
    /** In units of 1 KiB. */
    private static final List<String> LIMITED = List.of("bash", "-c",
            "ulimit -f 1024; exec \"$@\"", "limited");
    private static final int LARGE = 3_000_000;
    private static final List<String> TOOLS = List.of("large", "packed", "small");

    @TempDir
    Path folder;
    private final FlawedSite site = new FlawedSite();
    private final HostileRegistry registry = HostileRegistry.start();

    @AfterEach
    void close() {
        registry.close();
        site.close();
    }

    @Test
    void whatFitsIsPublishedAndTheRestLater() throws Exception {
        byte[] noise = new byte[LARGE];
        new Random(1).nextBytes(noise);
        site.put("/large", bytes("#!/bin/sh\n", noise));
        site.put("/packed", zipped(bytes("#!/bin/sh\n", new byte[LARGE])));
        site.put("/small", bytes("#!/bin/sh\n", new byte[0]));
        StringBuilder yaml = new StringBuilder("primary_registry: {url: \"" + registry.uri("")
                + "\", namespace: test}\ncache: {local_cache_dir: cache}\npublishing:\n"
                + "  retry_attempts: 0\n  tool_sources:\n");
        TOOLS.forEach(tool -> yaml.append("    " + tool + ": {platforms: [linux-x86_64], http: "
                + "{url: \"" + site.address() + "/" + tool + "\", versions: [\"" + version(tool)
                + "\"]}}\n"));
        Files.writeString(folder.resolve("registry.yaml"), yaml);

        int code = run(LIMITED);

        String log = Files.readString(folder.resolve("publisher.log"));
        assertThat(code).as(log).isEqualTo(3);
        assertThat(log).contains("Error: large 1.0 linux-x86_64: cannot write ",
                "Error: packed 2.0 linux-x86_64: cannot open packed: cannot write to ",
                "File too large", "1 published, 2 failed")
                .doesNotContain("broken archive", "\tat ");
        assertThat(rooms()).isEmpty();
        assertThat(registry.requests("PUT", "/v2/test/tools/(large|packed)/manifests/.*"))
                .isEmpty();
        assertThat(registry.requests("PUT", "/v2/test/tools/small/manifests/v3.0")).isNotEmpty();

        assertThat(run(List.of())).as(Files.readString(folder.resolve("publisher.log"))).isZero();
        assertThat(registry.requests("PUT", "/v2/test/tools/packed/manifests/v2.0")).isNotEmpty();
    }

    /** Each has its own, as that registry has tags of all repositories together. */
    private static String version(String tool) {
        return TOOLS.indexOf(tool) + 1 + ".0";
    }

    private int run(List<String> shell) throws IOException, InterruptedException {
        return PublisherProcess.await(PublisherProcess.start(shell, folder, List.of(
                "-XX:-UsePerfData")), SECONDS);
    }

    private static byte[] bytes(String head, byte[] rest) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.getBytes(StandardCharsets.UTF_8));
        all.write(rest);
        return all.toByteArray();
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(all)) {
            out.write(bytes);
        }
        return all.toByteArray();
    }

    private List<Path> rooms() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache/work"))) {
            return files.filter(Files::isDirectory).toList();
        }
    }
}
