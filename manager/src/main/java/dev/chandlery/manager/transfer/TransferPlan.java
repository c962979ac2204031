package dev.chandlery.manager.transfer;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.Target;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a run is going to copy.
 *
 * @param repositories sorted by path
 * @param unread repositories whose tags could not be listed
 * @param notes what a user should know, such as patterns that match nothing
 */
public record TransferPlan(List<Repository> repositories, List<Unread> unread,
        List<String> notes) {

    public TransferPlan {
        repositories = List.copyOf(repositories);
        unread = List.copyOf(unread);
        notes = List.copyOf(notes);
    }

    /**
     * One repository on both sides.
     *
     * @param path below the namespaces
     * @param source where it is
     * @param target where it shall be
     * @param selection of its tags
     * @param all tags of the source
     * @param tags that are copied
     */
    public record Repository(String path, Source source, Target target, TagSelection selection,
            Set<Tag> all, SortedSet<Tag> tags) {

        public Repository {
            all = Set.copyOf(all);
            tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        }
    }

    /** A repository whose tags could not be listed, and why. */
    public record Unread(String path, OciException cause) {}

    /** Number of tags that are copied. */
    public int tags() {
        return repositories.stream().mapToInt(each -> each.tags().size()).sum();
    }
}
