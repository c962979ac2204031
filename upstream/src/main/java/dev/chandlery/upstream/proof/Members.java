package dev.chandlery.upstream.proof;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UnsupportedFeatureException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Hashes the regular files in an archive, in one pass, without unpacking it. */
public final class Members {
    /** Path of the archive itself. */
    public static final String WHOLE = ".";

    private static final List<String> ARCHIVES = List.of(".zip", ".jar", ".tar.gz", ".tgz", ".tar");
    private static final int MAX_ENTRIES = 100_000;
    private static final long MAX_BYTES = 8L * 1024 * 1024 * 1024;
    private static final int HEAD = 4;

    /**
     * A file.
     *
     * @param path in the archive, without {@code ./} in front
     * @param digest SHA-256
     * @param executable whether its first bytes are those of ELF, Mach-O, PE or a script
     */
    public record Member(String path, Digest digest, boolean executable) {}

    private final SortedMap<String, Member> found = new TreeMap<>();
    private long bytes;

    private Members() {}

    /**
     * Files by path; the archive itself as {@link #WHOLE}. It is not looked into when nothing else is wanted.
     *
     * @param name of the file, whose ending tells the format
     * @param digest SHA-256 of the file
     * @throws UnsupportedFeatureException when a path is wanted of a format that cannot be looked into
     */
    public static SortedMap<String, Member> read(Path file, String name, Digest digest,
            Set<String> wanted) {
        Members members = new Members();
        members.found.put(WHOLE, new Member(WHOLE, digest, false));
        if (!wanted.equals(Set.of(WHOLE))) {
            try {
                members.readArchive(file, name.toLowerCase(Locale.ROOT));
            } catch (IOException e) {
                throw new MalformedContentException("cannot look into " + name + ": " + e
                        .getMessage(), e);
            }
        }
        return Collections.unmodifiableSortedMap(members.found);
    }

    /** All files of an archive; of other files the file itself alone. */
    public static SortedMap<String, Member> of(Path file, String name, Digest digest) {
        return read(file, name, digest, isArchive(name.toLowerCase(Locale.ROOT))
                ? Set.of()
                : Set.of(WHOLE));
    }

    private static boolean isArchive(String name) {
        return ARCHIVES.stream().anyMatch(name::endsWith);
    }

    private void readArchive(Path file, String name) throws IOException {
        if (name.endsWith(".zip") || name.endsWith(".jar")) {
            readZip(file);
        } else if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                    InputStream unzipped = GzipCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .get()) {
                readTar(unzipped);
            }
        } else if (name.endsWith(".tar")) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                readTar(in);
            }
        } else {
            throw new UnsupportedFeatureException("cannot look into " + name
                    + ": expected .tar.gz, .tgz, .tar or .zip; compare \".\", the whole file");
        }
    }

    private void readTar(InputStream in) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar
                    .getNextEntry()) {
                if (entry.isFile()) {
                    add(entry.getName(), tar);
                }
            }
        }
    }

    private void readZip(Path file) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntries();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                if (!entry.isDirectory() && !entry.isUnixSymlink()) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        add(entry.getName(), in);
                    }
                }
            }
        }
    }

    /** A path that is there twice could be compared as one file and unpacked as the other. */
    private void add(String name, InputStream in) throws IOException {
        String path = name.startsWith("./") ? name.substring(2) : name;
        MessageDigest hash = Algorithm.SHA256.newMessageDigest();
        byte[] head = in.readNBytes(HEAD);
        hash.update(head);
        bytes += head.length;
        byte[] buffer = new byte[64 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            hash.update(buffer, 0, n);
            bytes += n;
            if (bytes > MAX_BYTES) {
                throw new LimitExceededException("cannot look into an archive: more than "
                        + MAX_BYTES + " bytes in it");
            }
        }
        Member member = new Member(path, Digest.of(Algorithm.SHA256, hash), isExecutable(head));
        if (found.put(path, member) != null) {
            throw new MalformedContentException("cannot look into an archive: " + path
                    + " is in it twice");
        }
        if (found.size() > MAX_ENTRIES) {
            throw new LimitExceededException("cannot look into an archive: more than "
                    + MAX_ENTRIES + " files in it");
        }
    }

    private static boolean isExecutable(byte[] head) {
        boolean marked = head.length >= 2 && ((head[0] == 'M' && head[1] == 'Z') || (head[0] == '#'
                && head[1] == '!'));
        if (marked || head.length < HEAD) {
            return marked;
        }
        return switch (ByteBuffer.wrap(head).getInt()) {
            case 0x7f454c46, 0xcffaedfe, 0xcefaedfe, 0xfeedface, 0xfeedfacf, 0xcafebabe,
                    0xcafebabf -> true;
            default -> false;
        };
    }
}
