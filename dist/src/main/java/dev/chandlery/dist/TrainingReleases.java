package dev.chandlery.dist;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Releases of some tools, as upstreams have them: archives and bare files for each platform, with checksums. Their
 * bytes are those of this JVM's own modules, which are compressed as programs are.
 */
final class TrainingReleases {
    private static final int TOOLS = 12;
    private static final int LEAST_BYTES = 400_000;
    private static final int PIECE_BYTES = 1 << 16;
    private static final int EXECUTABLE_MODE = 0100755;
    private static final List<String> PLATFORMS = List.of("linux-x86_64", "linux-aarch64",
            "darwin-x86_64", "darwin-arm64");
    private static final List<String> FORMS = List.of(".tar.gz", ".zip", "");
    private static final byte[] SCRIPT = "#!/bin/sh\nexit\n".getBytes(StandardCharsets.UTF_8);

    private final Path folder;

    private TrainingReleases(Path folder) {
        this.folder = folder;
    }

    /** Writes the files into a new folder. */
    static TrainingReleases write(Path folder) throws IOException {
        TrainingReleases releases = new TrainingReleases(Files.createDirectories(folder));
        for (int tool = 0; tool < TOOLS; tool++) {
            StringBuilder sums = new StringBuilder();
            for (String platform : PLATFORMS) {
                Path file = releases.write(tool, platform);
                sums.append(sha256(file)).append("  ").append(file.getFileName()).append('\n');
            }
            Files.writeString(folder.resolve("sums-" + tool), sums);
        }
        return releases;
    }

    /** Offers them below {@code /releases/}. */
    void offer(HttpServer site) {
        site.createContext("/releases/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                Path file = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
                boolean whole = exchange.getRequestMethod().equals("GET");
                exchange.sendResponseHeaders(200, whole ? Files.size(file) : -1);
                if (whole) {
                    Files.copy(file, exchange.getResponseBody());
                }
            }
        });
    }

    /** Their entries for {@code tool_sources} of registry.yaml. */
    static String sources(String site) {
        return IntStream.range(0, TOOLS)
                .mapToObj(tool -> """
                        tool-%1$d:
                          http: {url: "%2$s/releases/tool-%1$d-{platform}%3$s", checksum_url: "%2$s/releases/sums-%1$d", versions: ["1.0"]}
                          platforms: [%4$s]
                        """.formatted(tool, site, form(tool), String.join(", ", PLATFORMS)))
                .collect(Collectors.joining())
                .indent(4);
    }

    private static String form(int tool) {
        return FORMS.get(tool % FORMS.size());
    }

    private Path write(int tool, String platform) throws IOException {
        Path file = folder.resolve("tool-" + tool + "-" + platform + form(tool));
        byte[] content = program(tool * PLATFORMS.size() + PLATFORMS.indexOf(platform),
                LEAST_BYTES * (1 + tool));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            switch (form(tool)) {
                case ".tar.gz" -> tar(content, "tool-" + tool, out);
                case ".zip" -> zip(content, "tool-" + tool, out);
                default -> out.write(content);
            }
        }
        return file;
    }

    private static void tar(byte[] content, String name, OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setMode(EXECUTABLE_MODE);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
    }

    private static void zip(byte[] content, String name, OutputStream out) throws IOException {
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setUnixMode(EXECUTABLE_MODE);
            zip.putArchiveEntry(entry);
            zip.write(content);
            zip.closeArchiveEntry();
        }
    }

    /** A script by its first bytes, which runs on every platform. */
    private static byte[] program(long seed, int size) throws IOException {
        ByteBuffer program = ByteBuffer.allocate(size).put(SCRIPT);
        Random random = new Random(seed);
        try (FileChannel modules = FileChannel.open(Path.of(System.getProperty("java.home"), "lib",
                "modules"))) {
            while (program.hasRemaining()) {
                ByteBuffer piece = program.slice(program.position(), Math.min(program.remaining(),
                        PIECE_BYTES));
                int read = modules.read(piece, random.nextLong(modules.size() - PIECE_BYTES));
                program.position(program.position() + read);
            }
        }
        return program.array();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(Files
                                    .readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
