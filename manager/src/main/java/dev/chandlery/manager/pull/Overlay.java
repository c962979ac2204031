package dev.chandlery.manager.pull;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What layers put over each other come to: a path of a later layer takes the place of what earlier ones have
 * there, and its whiteouts take things of earlier layers away. Within one layer nothing is there twice. Links
 * are kept in memory, so that nothing is ever written through one. Not thread-safe.
 *
 * <p><b>Spec:</b> image-spec v1.1, layer: changesets and whiteouts.
 */
final class Overlay {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    /** Of a file system that wrote notes of its own into layers. */
    private static final String NOTE = ".wh..wh.";

    private final Path folder;
    /** Paths of the layer, and whether they are folders. */
    private final TreeMap<String, Boolean> fresh = new TreeMap<>();
    private final TreeMap<String, String> links = new TreeMap<>();

    Overlay(Path folder) {
        this.folder = folder;
    }

    /** What follows is of another layer. */
    void nextLayer() {
        fresh.clear();
    }

    /** Links of all layers that are visible, by path. */
    Map<String, String> links() {
        return links;
    }

    /**
     * Whether the entry only takes away what is of earlier layers, which is done then.
     *
     * @throws dev.chandlery.oci.MalformedContentException when it names nothing
     */
    boolean takeAway(String path) throws IOException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!name.startsWith(WHITEOUT)) {
            return false;
        }
        requireNotBehindLink(path);
        String parent = path.substring(0, path.length() - name.length());
        if (name.equals(OPAQUE)) {
            remove(parent);
        } else if (!name.startsWith(NOTE)) {
            String gone = name.substring(WHITEOUT.length());
            if (gone.isEmpty() || gone.equals(".") || gone.equals("..")) {
                throw EntryNames.refused(path, "takes away what has no name");
            }
            remove(parent + gone);
        }
        return true;
    }

    /** Makes place for a file or link. */
    void claim(String path) throws IOException {
        if (path.isEmpty() || fresh.putIfAbsent(path, false) != null) {
            throw EntryNames.refused(path, "is there twice, or has no name");
        }
        requireNotBehindLink(path);
        String below = path + "/";
        String next = fresh.ceilingKey(below);
        if (next != null && next.startsWith(below)) {
            throw EntryNames.refused(path, "is in the place of another");
        }
        if (links.containsKey(path) || Files.exists(resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            fresh.remove(path);
            remove(path);
            fresh.put(path, false);
        }
    }

    /** As {@link #claim}, where earlier layers must not have it either. */
    void claimNew(String path) throws IOException {
        if (links.containsKey(path) || Files.exists(resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            throw EntryNames.refused(path, "is there twice, or has no name");
        }
        claim(path);
    }

    void link(String path, String target) {
        links.put(path, target);
    }

    /** Makes a folder, in the place of an earlier layer's file or link. */
    void folder(String path) throws IOException {
        requireNotBehindLink(path);
        Path made = resolve(path);
        if (!path.isEmpty()) {
            if (Boolean.FALSE.equals(fresh.put(path, true))) {
                throw EntryNames.refused(path, "needs a folder where a file is");
            }
            if (links.remove(path) == null && Files.isRegularFile(made,
                    LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(made);
            }
        }
        makeFolder(path, made);
    }

    static void makeFolder(String path, Path made) throws IOException {
        try {
            Files.createDirectories(made);
        } catch (FileAlreadyExistsException _) {
            throw EntryNames.refused(path, "needs a folder where a file is");
        }
    }

    void requireNotBehindLink(String path) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (links.containsKey(path.substring(0, slash))) {
                throw EntryNames.refused(path, "lies behind a link");
            }
        }
    }

    Path resolve(String path) {
        try {
            return folder.resolve(path);
        } catch (InvalidPathException e) {
            throw EntryNames.refused(path, "has a name that this system cannot write: " + e
                    .getReason());
        }
    }

    /** Takes away a path, or all below one that ends with a slash or is empty, as far as it is of earlier layers. */
    private void remove(String path) throws IOException {
        boolean inside = path.isEmpty() || path.endsWith("/");
        String below = inside ? path : path + "/";
        links.keySet()
                .removeIf(link -> !fresh.containsKey(link) && (link.equals(path) || link
                        .startsWith(below)));
        Path top = resolve(inside && !path.isEmpty() ? path.substring(0, path.length() - 1) : path);
        if (Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(top, new Removal(inside ? top : null));
        }
    }

    /** Deletes what is not of this layer. */
    private final class Removal extends SimpleFileVisitor<Path> {
        private final @Nullable Path kept;

        Removal(@Nullable Path kept) {
            this.kept = kept;
        }

        private boolean isFresh(Path path) {
            return fresh.containsKey(folder.relativize(path)
                    .toString()
                    .replace(path.getFileSystem()
                            .getSeparator(), "/"));
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (!isFresh(file)) {
                Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path each,
                @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (!each.equals(kept) && !isFresh(each) && isEmpty(each)) {
                Files.delete(each);
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isEmpty(Path each) throws IOException {
            try (var entries = Files.newDirectoryStream(each)) {
                return !entries.iterator().hasNext();
            }
        }
    }
}
