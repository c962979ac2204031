package dev.chandlery.manager.airgap;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.store.Layout;
import dev.chandlery.oci.store.LayoutEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out to which repositories and tags the entries of a layout belong.
 *
 * @param repository for entries whose names tell none, null when none is given
 * @param tag for the one entry that has no name at all, null when none is given
 */
record ImportNames(@Nullable RepositoryName repository, @Nullable Tag tag) {
    private static final String OPTION = "--repository";

    /** Reads {@code NAME[:TAG]}, null for nothing. */
    static ImportNames parse(@Nullable String text) {
        if (text == null) {
            return new ImportNames(null, null);
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? new ImportNames(new RepositoryName(text), null)
                : new ImportNames(new RepositoryName(text.substring(0, colon)), new Tag(text
                        .substring(colon + 1)));
    }

    /** @throws CommandException when an entry's name tells not enough, or two entries have the same */
    ImportPlace open(Layout layout, Path file) {
        SortedMap<String, SortedMap<Tag, Descriptor>> repositories = new TreeMap<>();
        List<LayoutEntry> nameless = new ArrayList<>();
        List<String> unclear = new ArrayList<>();
        for (LayoutEntry entry : layout.entries()) {
            RepositoryName name = entry.repository() != null ? entry.repository() : repository;
            if (entry.tag() != null && name != null) {
                add(repositories, name, entry.tag(), entry, file);
            } else if (entry.name().isEmpty()) {
                nameless.add(entry);
            } else {
                unclear.add(entry.name());
            }
        }
        List<LayoutEntry> roots = nameless.stream().filter(e -> isRoot(layout, e)).toList();
        if (repository != null && tag != null && roots.size() == 1) {
            add(repositories, repository, tag, roots.getFirst(), file);
        } else if (!unclear.isEmpty() || (repositories.isEmpty() && !roots.isEmpty())) {
            throw unclear(file, unclear, roots.size());
        }
        return new ImportPlace(layout, file, repositories);
    }

    /** What is attached to something comes with that. */
    private static boolean isRoot(Layout layout, LayoutEntry entry) {
        return entry.manifest().mediaType().isManifest() && Manifests.fetch(layout, entry
                .manifest()).manifest().subjectDescriptor().isEmpty();
    }

    private static void add(SortedMap<String, SortedMap<Tag, Descriptor>> repositories,
            RepositoryName name, Tag tag, LayoutEntry entry, Path file) {
        Descriptor found = entry.manifest();
        Descriptor before = repositories.computeIfAbsent(name.value(), _ -> new TreeMap<>())
                .putIfAbsent(tag, Descriptor.of(found.mediaType(), found.digest(), found.size()));
        Digest other = before == null ? found.digest() : before.digest();
        if (!other.equals(found.digest())) {
            throw new CommandException(ExitCode.FAILED, "cannot import " + file + ": " + name + ":"
                    + tag + " is both " + other + " and " + found.digest());
        }
    }

    private static CommandException unclear(Path file, List<String> unclear, int roots) {
        String what = unclear.isEmpty()
                ? roots == 1 ? "its manifest has no name" : roots + " manifests have no names"
                : "no repository or tag can be read from the name " + String.join(", ", unclear
                        .stream()
                        .limit(5)
                        .map(name -> '"' + name + '"')
                        .toList());
        return new CommandException(ExitCode.USAGE, "cannot import " + file + ": " + what,
                "name the repository with " + OPTION
                        + " NAME, or NAME:TAG for a manifest without a name");
    }
}
