package dev.chandlery.oci.content;

import dev.chandlery.oci.RepositoryName;
import java.util.stream.Stream;

/** Lists the repositories of a registry. */
@FunctionalInterface
public interface RepositoryLister {

    /** All names that the caller may see, fetched page by page as the stream is read. */
    Stream<RepositoryName> repositories();
}
