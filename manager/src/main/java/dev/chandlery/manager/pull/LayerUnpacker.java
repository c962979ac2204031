package dev.chandlery.manager.pull;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the layers of an image over each other, as container engines do, into an empty folder of ours. Layers
 * are taken as hostile: names must stay below the folder, no layer has a path twice, devices and hard links
 * are refused, and links are made when all layers are there, so that no layer can write through one of its own
 * or of another.
 */
final class LayerUnpacker {
    private static final int BUFFER = 64 * 1024;
    private static final int OWNER_EXECUTES = 0100;

    private final Limits limits;
    private final Overlay tree;
    private int entries;
    private long bytes;

    /**
     * Bounds of all layers together.
     *
     * @param entries files, folders and links
     * @param bytes after decompression
     * @param headerBytes of one entry, long names included, and of the padding at the end
     */
    record Limits(int entries, long bytes, long headerBytes) {
        static final Limits DEFAULT = new Limits(100_000, 16L << 30, 1 << 20);
    }

    /** @param folder empty; half full after a failure */
    LayerUnpacker(Path folder, Limits limits) {
        this.tree = new Overlay(folder);
        this.limits = limits;
    }

    /**
     * Unpacks one layer, without its links.
     *
     * @param decompressed closed by the caller
     * @return digest of the tar, to be compared with the image config's diff ID
     * @throws MalformedContentException when the tar is broken or hostile
     * @throws IOException when the folder cannot be written
     */
    Digest unpack(InputStream decompressed) throws IOException {
        tree.nextLayer();
        LayerInput in = new LayerInput(decompressed);
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
        for (TarArchiveEntry entry = next(tar, in); entry != null; entry = next(tar, in)) {
            limitContent(in);
            take(tar, entry);
        }
        in.limit(limits.headerBytes(), "what follows the last entry");
        in.transferTo(OutputStream.nullOutputStream());
        bytes += in.count();
        return in.digest();
    }

    /**
     * Takes a layer that is one file as it is.
     *
     * @param content closed by the caller
     */
    void put(String name, InputStream content) throws IOException {
        LayerInput in = new LayerInput(content);
        limitContent(in);
        tree.nextLayer();
        tree.claimNew(name);
        write(in, name, false);
        bytes += in.count();
    }

    /** Makes the links of all layers. */
    void finish() throws IOException {
        for (Map.Entry<String, String> link : tree.links().entrySet()) {
            String path = link.getKey();
            if (Files.exists(tree.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                throw EntryNames.refused(path, "is a link and a folder");
            }
            requireNoWayThroughLinks(path, link.getValue());
        }
        for (Map.Entry<String, String> link : tree.links().entrySet()) {
            Path file = tree.resolve(link.getKey());
            Files.createDirectories(file.getParent());
            Files.createSymbolicLink(file, Path.of(link.getValue()));
        }
    }

    private void limitContent(LayerInput in) {
        long left = limits.bytes() - bytes - in.count();
        in.limit(Math.max(left, 0), "layers, at most " + limits.bytes() + " bytes in all");
    }

    private @Nullable TarArchiveEntry next(TarArchiveInputStream tar, LayerInput in) {
        in.limit(limits.headerBytes(), "the header of an entry");
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry != null && ++entries > limits.entries()) {
                throw new LimitExceededException("cannot unpack: more than " + limits.entries()
                        + " entries");
            }
            return entry;
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedContentException("cannot unpack: broken tar: " + e.getMessage(), e);
        }
    }

    private void take(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        String path = EntryNames.check(entry.getName());
        if (tree.takeAway(path)) {
            return;
        }
        if (entry.isDirectory()) {
            tree.folder(path);
        } else if (entry.isSymbolicLink()) {
            tree.claim(path);
            EntryNames.checkLink(path, entry.getLinkName());
            tree.link(path, entry.getLinkName());
        } else if (isPlainFile(entry)) {
            tree.claim(path);
            write(tar, path, (entry.getMode() & OWNER_EXECUTES) != 0);
        } else {
            throw EntryNames.refused(path, "is neither file, folder nor symbolic link");
        }
    }

    /** By its kind alone: {@code isFile} takes everything for a file that has no slash at its end. */
    private static boolean isPlainFile(TarArchiveEntry entry) {
        byte kind = entry.getLinkFlag();
        return (kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM
                || kind == TarConstants.LF_CONTIG) && !entry.isSparse();
    }

    /** Behind another link {@code ..} may lead anywhere, whatever the names look like. */
    private void requireNoWayThroughLinks(String path, String target) {
        tree.requireNotBehindLink(path);
        boolean behindLink = target.startsWith("/");
        Path at = Path.of("/" + path, "..").normalize();
        for (String part : behindLink ? new String[0] : target.split("/")) {
            if (behindLink && part.equals("..")) {
                throw EntryNames.refused(path, "is a link that goes up behind another link");
            }
            at = at.resolve(part).normalize();
            behindLink |= tree.links().containsKey(at.toString().substring(1));
        }
    }

    private void write(InputStream in, String path, boolean executable) throws IOException {
        Path file = tree.resolve(path);
        Overlay.makeFolder(path, Objects.requireNonNull(file.getParent()));
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            copy(in, path, out);
        } catch (FileAlreadyExistsException _) {
            throw EntryNames.refused(path, "is in the place of another");
        }
        if (executable && !file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private static void copy(InputStream in, String path, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int n = read(in, path, buffer); n >= 0; n = read(in, path, buffer)) {
            out.write(buffer, 0, n);
        }
    }

    private static int read(InputStream in, String path, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw EntryNames.refused(path, "is cut off: " + e.getMessage());
        }
    }
}
