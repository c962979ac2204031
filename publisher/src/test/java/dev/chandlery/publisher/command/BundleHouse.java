package dev.chandlery.publisher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.testkit.upstream.FlawedSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A {@link TestHouse} whose tools are published and bundled. */
final class BundleHouse {
    static final List<String> PLATFORMS = List.of("linux-x86_64", "linux-aarch64");

    final TestHouse house;
    private final FlawedSite site;
    private final StringBuilder archives = new StringBuilder();

    BundleHouse(Path folder, FlawedSite site) {
        this.house = new TestHouse(folder, site);
        this.site = site;
    }

    /**
     * Publishes {@code one} for two platforms, {@code two} for three, and archives, then declares bundles,
     * none of which is built yet.
     */
    TestHouse publish(String registry, String bundles) throws IOException {
        house.release("one", "1.0.0", PLATFORMS);
        house.release("two", "2.0.0", List.of("linux-x86_64", "linux-aarch64", "darwin-arm64"));
        house.config(registry, List.of("one", "two"), "[\"1.0.0\", \"2.0.0\"]",
                "[linux-x86_64, linux-aarch64, darwin-arm64]");
        Path file = house.folder().resolve("registry.yaml");
        int declared = bundles.indexOf("bundles:");
        Files.writeString(file, archives + bundles.substring(0, declared),
                StandardOpenOption.APPEND);
        for (String tool : List.of("one:1.0.0", "two:2.0.0")) {
            String[] parts = tool.split(":", 2);
            release(parts[0], parts[1]);
        }
        for (String tool : archives.toString()
                .lines()
                .filter(l -> l.matches("    \\w+:"))
                .map(
                        l -> l.strip().replace(":", ""))
                .toList()) {
            release(tool, "1.0.0");
        }
        Files.writeString(file, bundles.substring(declared), StandardOpenOption.APPEND);
        return house;
    }

    private void release(String tool, String version) {
        var outcome = house.publish("-q", "--tool", tool, "--version", version);
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    /** Adds a tool whose archive has executables with these contents. */
    void archive(String tool, Map<String, String> files) {
        site.put("/" + tool + "/" + tool + ".tar.gz", tar(files));
        archives.append("""
                    %1$s:
                      platforms: [linux-x86_64]
                      http:
                        url: "%2$s/%1$s/%1$s.tar.gz"
                        versions: ["1.0.0"]
                """.formatted(tool, site.address()).indent(0));
    }

    private static byte[] tar(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = ("#!/bin/sh\necho " + file.getValue() + "\n").getBytes(
                        StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                entry.setMode(0100755);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
