package dev.chandlery.manager.pull;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Unpacks the tar of a layer into an empty folder of ours, as if it were hostile: names must stay below the
 * folder, nothing is written twice, links are made last so that nothing is written through one, and devices
 * are refused.
 */
final class LayerUnpacker {
    private static final int MAX_ENTRIES = 100_000;
    private static final long MAX_BYTES = 16L * 1024 * 1024 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final Set<String> paths = new TreeSet<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private long bytes;

    private LayerUnpacker(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks all of it.
     *
     * @param tar decompressed; closed by the caller
     * @param folder empty
     * @return digest of the tar, to be compared with the image config's diff ID
     * @throws MalformedContentException when the tar is broken or hostile; the folder is then half full
     */
    static Digest unpack(InputStream tar, Path folder) throws IOException {
        MessageDigest hash = Algorithm.SHA256.newMessageDigest();
        Hashing hashed = new Hashing(tar, hash);
        LayerUnpacker unpacker = new LayerUnpacker(folder);
        unpacker.readAll(hashed);
        hashed.transferTo(OutputStream.nullOutputStream()); // the padding behind the last entry
        unpacker.makeLinks();
        return Digest.of(Algorithm.SHA256, hash);
    }

    private void readAll(InputStream in) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
        int count = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar
                .getNextEntry()) {
            if (++count > MAX_ENTRIES) {
                throw new LimitExceededException("cannot unpack: more than " + MAX_ENTRIES
                        + " entries");
            }
            read(tar, entry);
        }
    }

    private void read(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        String path = check(entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(folder.resolve(path));
        } else if (entry.isSymbolicLink()) {
            claim(path);
            checkLink(path, entry.getLinkName());
            links.put(path, entry.getLinkName());
        } else if (isPlainFile(entry)) {
            claim(path);
            write(tar, folder.resolve(path), (entry.getMode() & 0100) != 0);
        } else {
            throw refused(path, "is neither file, folder nor symbolic link");
        }
    }

    /** Commons Compress calls devices and unknown types files, too. */
    private static boolean isPlainFile(TarArchiveEntry entry) {
        byte type = entry.getLinkFlag();
        return (type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM)
                && !entry.isSparse();
    }

    private void claim(String path) {
        if (path.isEmpty() || !paths.add(path)) {
            throw refused(path, "is there twice, or has no name");
        }
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (links.containsKey(path.substring(0, slash))) {
                throw refused(path, "lies behind a link");
            }
        }
    }

    private void write(InputStream in, Path file, boolean executable) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
                if (bytes > MAX_BYTES) {
                    throw new LimitExceededException("cannot unpack: more than " + MAX_BYTES
                            + " bytes");
                }
                out.write(buffer, 0, n);
            }
        }
        if (executable && !file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private void makeLinks() throws IOException {
        for (Map.Entry<String, String> link : links.entrySet()) {
            Path file = folder.resolve(link.getKey());
            if (Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                throw refused(link.getKey(), "is a link and a folder");
            }
            Files.createDirectories(file.getParent());
            Files.createSymbolicLink(file, Path.of(link.getValue()));
        }
    }

    private static String check(String name) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (path.isEmpty() || path.equals(".")) {
            return "";
        }
        boolean plain = path.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
        for (String part : path.split("/", -1)) {
            plain &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!plain || path.matches("[A-Za-z]:.*")) {
            throw refused(name, "has a name that is not a plain path below the folder");
        }
        return path;
    }

    /** Absolute links are kept as they are; relative ones must not leave the folder. */
    private static void checkLink(String path, String target) {
        int depth = (int) path.chars().filter(c -> c == '/').count();
        for (String part : target.startsWith("/") ? new String[0] : target.split("/")) {
            depth += switch (part) {
                case ".." -> -1;
                case "", "." -> 0;
                default -> 1;
            };
            if (depth < 0) {
                throw refused(path, "is a link that leaves the folder");
            }
        }
    }

    private static MalformedContentException refused(String name, String why) {
        String shown = name.replaceAll("\\p{Cntrl}", "?");
        return new MalformedContentException("cannot unpack: entry \"" + (shown.length() > 200
                ? shown.substring(0, 200) + "..."
                : shown) + "\" " + why);
    }

    /** Hashes what is read, skipped bytes included. */
    private static final class Hashing extends FilterInputStream {
        private final MessageDigest hash;

        Hashing(InputStream in, MessageDigest hash) {
            super(in);
            this.hash = hash;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                hash.update((byte) b);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            if (n > 0) {
                hash.update(buffer, offset, n);
            }
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            return readNBytes((int) Math.min(n, BUFFER)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
