package dev.chandlery.manager.transfer;

import dev.chandlery.oci.Tag;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How it went with one repository.
 *
 * @param path below the namespaces
 * @param sums of what was moved
 * @param replaced changed tags that named something else at the target before
 * @param pruned tags that were removed from the target, or would be
 * @param notes what a user should know
 * @param failures what went wrong
 */
public record RepositoryReport(String path, Sums sums, SortedSet<Tag> replaced,
        SortedSet<Tag> pruned, List<String> notes, List<Failure> failures) {

    public RepositoryReport {
        replaced = Collections.unmodifiableSortedSet(new TreeSet<>(replaced));
        pruned = Collections.unmodifiableSortedSet(new TreeSet<>(pruned));
        notes = List.copyOf(notes);
        failures = List.copyOf(failures);
    }

    /**
     * Something that went wrong.
     *
     * @param what such as {@code tag v1.0}
     * @param message why
     * @param ofReferrers whether it failed with what is attached to the tag, and not with that itself
     */
    public record Failure(String what, String message, boolean ofReferrers) {}

    /**
     * Blobs of one kind.
     *
     * @param blobs how many
     * @param bytes of all of them
     */
    public record Blobs(long blobs, long bytes) {
        static final Blobs NONE = new Blobs(0, 0);

        Blobs plus(Blobs other) {
            return new Blobs(blobs + other.blobs, bytes + other.bytes);
        }
    }

    /**
     * Tags by how they ended.
     *
     * @param changed that now point at something else, or at something that got more referrers
     * @param unchanged that were right
     * @param leftOut that have nothing for the platforms that were asked for
     */
    public record Tags(long changed, long unchanged, long leftOut) {
        static final Tags NONE = new Tags(0, 0, 0);

        Tags plus(Tags other) {
            return new Tags(changed + other.changed, unchanged + other.unchanged, leftOut
                    + other.leftOut);
        }

        /** Of all kinds. */
        public long all() {
            return changed + unchanged + leftOut;
        }
    }

    /**
     * What was moved.
     *
     * @param sent went through this machine
     * @param mounted the target took over from another of its repositories
     * @param present were asked for and found at the target; those below manifests that are there are not
     *        asked for
     * @param manifests that were sent
     * @param tags by how they ended
     * @param duration from the first request to the last
     */
    public record Sums(Blobs sent, Blobs mounted, Blobs present, long manifests, Tags tags,
            Duration duration) {
        static final Sums NONE = new Sums(Blobs.NONE, Blobs.NONE, Blobs.NONE, 0, Tags.NONE,
                Duration.ZERO);

        Sums plus(Sums other) {
            return new Sums(sent.plus(other.sent), mounted.plus(other.mounted), present.plus(
                    other.present), manifests + other.manifests, tags.plus(other.tags), duration);
        }
    }
}
