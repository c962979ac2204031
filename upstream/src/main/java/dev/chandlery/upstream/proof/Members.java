package dev.chandlery.upstream.proof;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.UnsupportedFeatureException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Hashes the files in an archive, in one pass, without unpacking it.
 *
 * <p>What is compared must be what is packed. So this sees an archive as the publisher's packing does: its format is that of
 * its first bytes, a tar without {@code ustar} is none, and a hard link is a file. Where its name says otherwise, or where
 * there is what packing refuses, it is refused here too: a file that is one archive by its beginning and another by its
 * end or its name would be compared as the one and published as the other.
 */
public final class Members {
    /** Path of the archive itself. */
    public static final String WHOLE = ".";

    private static final List<String> ARCHIVES = List.of(".zip", ".jar", ".tar.gz", ".tgz", ".tar");
    private static final int MAX_ENTRIES = 100_000;
    private static final long MAX_BYTES = 8L * 1024 * 1024 * 1024;
    private static final int HEAD = 4;
    private static final int TAR_HEAD = 512;
    private static final int USTAR_AT = 257;
    private static final int MOST_LINKS = 40;
    private static final int MAX_LINK = 4096;

    /**
     * A file.
     *
     * @param path in the archive, without {@code ./} in front
     * @param digest SHA-256
     * @param executable whether its first bytes are those of ELF, Mach-O, PE or a script
     * @param names under which it may be published: its path, and those of symbolic links that lead to it
     */
    public record Member(String path, Digest digest, boolean executable, List<String> names) {
        public Member {
            names = List.copyOf(names);
        }

        private static Member of(String path, Digest digest, boolean executable) {
            return new Member(path, digest, executable, List.of(path));
        }
    }

    private final SortedMap<String, Member> found = new TreeMap<>();
    private final SortedMap<String, String> links = new TreeMap<>();
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
        members.found.put(WHOLE, Member.of(WHOLE, digest, false));
        if (!wanted.equals(Set.of(WHOLE))) {
            try {
                members.readArchive(file, name.toLowerCase(Locale.ROOT));
                members.links.keySet().forEach(members::follow);
            } catch (IOException | IllegalArgumentException | ArithmeticException e) {
                throw new MalformedContentException("cannot look into " + name + ": " + e
                        .getMessage(), e);
            }
        }
        return Collections.unmodifiableSortedMap(members.found);
    }

    /** All files of an archive; of other files, such as a program with a zip behind it, the file itself alone. */
    public static SortedMap<String, Member> of(Path file, String name, Digest digest) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean archive = ARCHIVES.stream().anyMatch(lower::endsWith) && (!isZip(lower)
                || beginsAsZip(file, name));
        return read(file, name, digest, archive ? Set.of() : Set.of(WHOLE));
    }

    private static boolean isZip(String name) {
        return name.endsWith(".zip") || name.endsWith(".jar");
    }

    private static boolean beginsAsZip(Path file, String name) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD);
            int magic = head.length < HEAD ? 0 : ByteBuffer.wrap(head).getInt();
            return magic == 0x504b0304 || magic == 0x504b0506;
        } catch (IOException e) {
            throw new StorageException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private void readArchive(Path file, String name) throws IOException {
        if (isZip(name)) {
            if (!beginsAsZip(file, name)) {
                throw new IOException("its name says zip, its content does not");
            }
            readZip(file);
        } else if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                    InputStream unzipped = GzipCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .get()) {
                readTar(new BufferedInputStream(unzipped));
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
        in.mark(TAR_HEAD);
        byte[] head = in.readNBytes(TAR_HEAD);
        in.reset();
        if (head.length < TAR_HEAD || !new String(head, USTAR_AT, 5, StandardCharsets.ISO_8859_1)
                .equals("ustar")) {
            throw new IOException("its name says tar, its content does not");
        }
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in, TarConstants.DEFAULT_RCDSIZE,
                StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar
                    .getNextEntry()) {
                readEntry(entry, tar);
            }
        }
    }

    private void readEntry(TarArchiveEntry entry, InputStream content) throws IOException {
        byte type = entry.getLinkFlag();
        if (entry.isSymbolicLink()) {
            link(entry.getName(), entry.getLinkName());
        } else if (entry.isLink()) {
            hardLink(entry.getName(), entry.getLinkName());
        } else if ((type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM) && !entry
                .isSparse() && !entry.isDirectory()) {
            add(entry.getName(), content);
        } else if (!entry.isDirectory() && !entry.isGlobalPaxHeader()) {
            throw new IOException(path(entry.getName()) + " is neither file, folder nor link");
        }
    }

    private void readZip(Path file) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntries();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                try (InputStream in = zip.getInputStream(entry)) {
                    if (entry.isUnixSymlink()) {
                        link(entry.getName(), new String(in.readNBytes(MAX_LINK),
                                StandardCharsets.UTF_8));
                    } else if (!entry.isDirectory()) {
                        add(entry.getName(), in);
                    }
                }
            }
        }
    }

    private static String path(String name) {
        String path = name;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        return path;
    }

    private void link(String name, String target) {
        requireBounds();
        links.put(path(name), target);
    }

    /** A second name for a file that came before. */
    private void hardLink(String name, String target) throws IOException {
        Member file = found.get(path(target));
        if (file == null || file.path().equals(WHOLE)) {
            throw new IOException(path(name) + " is a hard link to what is no file before it");
        }
        put(Member.of(path(name), file.digest(), file.executable()));
    }

    /** What a link leads to may be published under the link's name, as packing puts files in the place of links. */
    private void follow(String link) {
        String at = link;
        for (int i = 0; i < MOST_LINKS; i++) {
            String target = links.get(at);
            Path folder = Path.of("/" + at).getParent();
            if (target == null || target.startsWith("/") || target.indexOf('\0') >= 0
                    || folder == null) {
                return;
            }
            at = folder.resolve(target).normalize().toString().substring(1);
            Member file = found.get(at);
            if (file != null) {
                List<String> names = new ArrayList<>(file.names());
                names.add(link);
                found.put(at, new Member(file.path(), file.digest(), file.executable(), names));
                return;
            }
        }
    }

    /** A path that is there twice could be compared as one file and unpacked as the other. */
    private void put(Member member) {
        if (found.put(member.path(), member) != null) {
            throw new MalformedContentException("cannot look into an archive: " + member.path()
                    + " is in it twice");
        }
        requireBounds();
    }

    private void requireBounds() {
        if (found.size() + links.size() > MAX_ENTRIES) {
            throw new LimitExceededException("cannot look into an archive: more than "
                    + MAX_ENTRIES + " files in it");
        }
    }

    private void add(String name, InputStream in) throws IOException {
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
        put(Member.of(path(name), Digest.of(Algorithm.SHA256, hash), isExecutable(head)));
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
