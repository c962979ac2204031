package dev.chandlery.oci.content;

import dev.chandlery.oci.Tag;
import java.util.stream.Stream;

/** Lists the tags of a repository. */
@FunctionalInterface
public interface TagLister {

    /** All tags in the store's order, fetched page by page as the stream is read; empty when none. */
    Stream<Tag> tags();
}
