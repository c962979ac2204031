package dev.chandlery.publisher.command;

import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.publisher.command.TestHouse.Outcome;
import dev.chandlery.testkit.upstream.FakeSite;
import dev.chandlery.testkit.upstream.FakeSite.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An npm registry and a Maven repository on loopback, and the publisher to run on what they have. */
final class PackageHouse implements AutoCloseable {
    private final Path folder;
    private final FakeSite site = new FakeSite();
    private final SortedMap<String, SortedMap<String, String>> packages = new TreeMap<>();

    PackageHouse(Path folder) {
        this.folder = folder;
    }

    /** Writes registry.yaml. */
    void config(String yaml) throws IOException {
        Files.writeString(folder.resolve("registry.yaml"),
                "primary_registry: {url: embedded, namespace: test, storage: registry}\n"
                        + "cache: {local_cache_dir: cache}\n" + yaml);
        Files.writeString(folder.resolve("settings.xml"), """
                <settings><mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf><url>%s/m</url></mirror>
                </mirrors></settings>
                """.formatted(site.address()));
    }

    /** A file of a Maven artifact, with the SHA-256 that the repository states. */
    void maven(String path, Bytes content, Bytes stated) {
        site.put("/m/" + path, new Page(200, Map.of(), content));
        site.put("/m/" + path + ".sha256", Page.of(stated.digest().encoded()));
    }

    /** What the repository lists. */
    void mavenVersions(String folder, String... versions) {
        site.put("/m/" + folder + "/maven-metadata.xml", Page.of("<metadata><versioning><versions>"
                + String.join("", Stream.of(versions)
                        .map(version -> "<version>" + version + "</version>")
                        .toList()) + "</versions></versioning></metadata>"));
    }

    /** A version of an npm package, with the integrity that the registry states. */
    void npm(String name, String version, Bytes archive, Bytes stated) {
        String file = "/npm/files/" + name.replaceFirst(".*/", "") + "-" + version + ".tgz";
        site.put(file, new Page(200, Map.of(), archive));
        String integrity = "sha512-" + Base64.getEncoder()
                .encodeToString(HexFormat.of()
                        .parseHex(stated
                                .digest(Algorithm.SHA512)
                                .encoded()));
        put(name, version, "\"dist\":{\"tarball\":\"%s\",\"integrity\":\"%s\"}".formatted(site
                .address() + file, integrity));
    }

    /** Says of a version why it should not be used; with an empty text that it may be again. */
    void deprecate(String name, String version, String why) {
        String plain = of(name).getOrDefault(version, "").replaceFirst(",\"deprecated.*", "");
        put(name, version, plain + ",\"deprecated\":\"" + why + "\"");
    }

    void unpublish(String name, String version) {
        of(name).remove(version);
        show(name);
    }

    private SortedMap<String, String> of(String name) {
        return packages.computeIfAbsent(name, _ -> new TreeMap<>());
    }

    private void put(String name, String version, String members) {
        of(name).put(version, members);
        show(name);
    }

    private void show(String name) {
        List<String> versions = of(name).entrySet()
                .stream()
                .map(entry -> "\"" + entry.getKey() + "\":{" + entry.getValue() + "}")
                .toList();
        site.put("/npm/" + name.replace("/", "%2f"), Page.of("{\"versions\":{" + String.join(",",
                versions) + "}}"));
    }

    /** An npm package's archive. */
    static Bytes archive(Map<String, Bytes> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out),
                StandardCharsets.UTF_8.name())) {
            for (Map.Entry<String, Bytes> file : new TreeMap<>(files).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setMode(0100755);
                entry.setSize(file.getValue().size());
                tar.putArchiveEntry(entry);
                tar.write(file.getValue().toArray());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(out.toByteArray());
    }

    Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("HOME", folder
                        .toString(), "MAVEN_ARGS", "-s " + folder.resolve("settings.xml"),
                        "npm_config_registry", site.address() + "/npm/"));
        List<String> all = Stream.concat(Stream.of("--config", folder.resolve("registry.yaml")
                .toString()), Stream.of(arguments)).toList();
        int code = new Program(console, PublishCommand.class).run(all.toArray(String[]::new));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(
                StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        site.close();
    }
}
