package dev.chandlery.publisher.pack;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Follows symbolic links inside an archive, on its entries only, never on our disk. */
final class Links {

    private Links() {}

    /** The file at the end of the links; empty for absolute links, cycles, and links to nothing. */
    static Optional<ArchiveEntry.File> find(String asset, SortedMap<String, ArchiveEntry> archive,
            ArchiveEntry.Link link) {
        Set<String> seen = new HashSet<>();
        ArchiveEntry.Link current = link;
        while (!current.target().startsWith("/") && seen.add(current.path())) {
            String path = EntryPath.resolve(asset, current.path(), current.target());
            switch (find(archive, path)) {
                case null -> {
                    return Optional.empty();
                }
                case ArchiveEntry.File file -> {
                    return Optional.of(file);
                }
                case ArchiveEntry.Link next -> current = next;
            }
        }
        return Optional.empty();
    }

    /** By the path in the archive, which may have had a top folder that the keys lack. */
    private static @Nullable ArchiveEntry find(
            SortedMap<String, ArchiveEntry> archive, String path) {
        return archive.values()
                .stream()
                .filter(e -> e.path().equals(path))
                .findFirst()
                .orElse(
                        null);
    }
}
