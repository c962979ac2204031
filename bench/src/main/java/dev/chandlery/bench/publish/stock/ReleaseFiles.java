package dev.chandlery.bench.publish.stock;

import dev.chandlery.bench.publish.stock.ToolRelease.Form;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Content;
import dev.chandlery.testkit.upstream.FakeAsset;
import dev.chandlery.testkit.upstream.FakeGithub;
import dev.chandlery.testkit.upstream.FakeRelease;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Files of releases in a folder, made when they are not there yet. */
public final class ReleaseFiles {
    /** So many times smaller do archives of these bytes become. */
    private static final double RATIO = 2.3;
    private static final int LICENSE_BYTES = 11_000;
    private static final int EXECUTABLE_MODE = 0100755;
    private static final String OWNER = "bench/";

    private final Path folder;
    private final List<ToolRelease> tools;
    private final Quarry quarry;

    public ReleaseFiles(Path folder, List<ToolRelease> tools) throws IOException {
        this.folder = folder;
        this.tools = tools;
        this.quarry = new Quarry();
    }

    /** One file for one platform. */
    private record Piece(ToolRelease tool, String platform) {}

    /** Makes what is missing, on all processors. */
    public void prepare() {
        List<Piece> pieces = new ArrayList<>();
        tools.forEach(tool -> tool.platforms()
                .forEach(platform -> pieces.add(new Piece(tool,
                        platform))));
        Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors());
        TaskScope.mapAll("stock", pieces, piece -> {
            processors.acquireUninterruptibly();
            try {
                return make(piece);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                processors.release();
            }
        });
    }

    /** Releases all of it, with checksum files. */
    public void offer(FakeGithub github) throws IOException {
        for (ToolRelease tool : tools) {
            FakeRelease release = github.release(OWNER + tool.name(), "v" + ToolRelease.VERSION);
            StringBuilder sums = new StringBuilder();
            for (String platform : tool.platforms()) {
                Path file = file(tool, platform);
                Digest digest = Digest.ofFile(Algorithm.SHA256, file);
                release.asset(tool.file(platform), new FakeAsset.Stored(Content.of(file), Files
                        .size(file), digest));
                sums.append(digest.encoded())
                        .append("  ")
                        .append(tool.file(platform))
                        .append('\n');
            }
            release.asset("SHA256SUMS", sums.toString());
        }
    }

    /** Paths at GitHub's web site of all files, the largest first. */
    public List<String> paths() {
        List<Piece> pieces = new ArrayList<>();
        tools.forEach(tool -> tool.platforms()
                .forEach(platform -> pieces.add(new Piece(tool,
                        platform))));
        List<String> paths = new ArrayList<>(pieces.stream()
                .sorted((a, b) -> Long.compare(b.tool.sizeBytes(), a.tool.sizeBytes()))
                .map(piece -> path(piece.tool, piece.tool.file(piece.platform)))
                .toList());
        tools.forEach(tool -> paths.add(path(tool, "SHA256SUMS")));
        return paths;
    }

    private static String path(ToolRelease tool, String file) {
        return "/" + OWNER + tool.name() + "/releases/download/v" + ToolRelease.VERSION + "/"
                + file;
    }

    /** Bytes of all files. */
    public long bytes() throws IOException {
        long all = 0;
        for (ToolRelease tool : tools) {
            for (String platform : tool.platforms()) {
                all += Files.size(file(tool, platform));
            }
        }
        return all;
    }

    private Path file(ToolRelease tool, String platform) {
        return folder.resolve(tool.sizeBytes() + "-" + tool.file(platform));
    }

    private boolean make(Piece piece) throws IOException {
        Path file = file(piece.tool, piece.platform);
        if (Files.exists(file)) {
            return false;
        }
        Path fresh = Files.createTempFile(folder, "new-", "");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
            switch (piece.tool.form()) {
                case TAR_GZ -> tar(piece, out);
                case ZIP -> zip(piece, out);
                case BARE -> executable(piece, piece.tool.sizeBytes(), out);
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private void executable(Piece piece, long size, OutputStream out) throws IOException {
        byte[] head = Executable.head(piece.platform);
        out.write(head);
        quarry.write((piece.tool.name() + piece.platform).hashCode(), size - head.length, out);
    }

    private static long unpacked(Piece piece) {
        return (long) (piece.tool.sizeBytes() * (piece.tool.form() == Form.BARE ? 1 : RATIO));
    }

    private static byte[] license() {
        return "Permission is granted to use it.\n".repeat(LICENSE_BYTES / 33)
                .getBytes(
                        StandardCharsets.UTF_8);
    }

    private static String binary(Piece piece) {
        return piece.tool.name() + (piece.platform.startsWith("windows") ? ".exe" : "");
    }

    private void tar(Piece piece, OutputStream out) throws IOException {
        String top = piece.tool.name() + "-" + ToolRelease.VERSION + "/";
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            TarArchiveEntry entry = new TarArchiveEntry(top + binary(piece));
            entry.setMode(EXECUTABLE_MODE);
            entry.setSize(unpacked(piece));
            tar.putArchiveEntry(entry);
            executable(piece, unpacked(piece), tar);
            tar.closeArchiveEntry();
            TarArchiveEntry license = new TarArchiveEntry(top + "LICENSE");
            license.setSize(license().length);
            tar.putArchiveEntry(license);
            tar.write(license());
            tar.closeArchiveEntry();
        }
    }

    private void zip(Piece piece, OutputStream out) throws IOException {
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            ZipArchiveEntry entry = new ZipArchiveEntry(binary(piece));
            entry.setUnixMode(EXECUTABLE_MODE);
            zip.putArchiveEntry(entry);
            executable(piece, unpacked(piece), zip);
            zip.closeArchiveEntry();
            zip.putArchiveEntry(new ZipArchiveEntry("LICENSE"));
            zip.write(license());
            zip.closeArchiveEntry();
        }
    }
}
