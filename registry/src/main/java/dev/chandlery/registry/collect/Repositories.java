package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.Page;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** A list of repositories in order of name, read in pages. */
record Repositories(Function<Page, List<RepositoryName>> records) implements
        Iterable<RepositoryName> {
    private static final int PAGE = 500;

    @Override
    public Iterator<RepositoryName> iterator() {
        return new Iterator<>() {
            private List<RepositoryName> page = records.apply(new Page("", PAGE));
            private int next;

            @Override
            public boolean hasNext() {
                if (next == page.size() && next > 0) {
                    page = records.apply(new Page(page.getLast().value(), PAGE));
                    next = 0;
                }
                return next < page.size();
            }

            @Override
            public RepositoryName next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.get(next++);
            }
        };
    }
}
