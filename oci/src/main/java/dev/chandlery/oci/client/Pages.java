package dev.chandlery.oci.client;

import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The items of a list, page after page as they are asked for. A registry cannot keep us here for ever: a
 * page that was seen before is refused, and there is a limit of pages. Not thread-safe.
 */
final class Pages<T> implements Iterator<T> {
    private final Function<URI, Page<T>> loader;
    private final int maxPages;
    private final Deque<T> ready = new ArrayDeque<>();
    private final Set<URI> seen = new HashSet<>();
    private @Nullable URI next;

    private Pages(URI first, Function<URI, Page<T>> loader, int maxPages) {
        this.next = first;
        this.loader = loader;
        this.maxPages = maxPages;
    }

    static <T> Stream<T> stream(URI first, Function<URI, Page<T>> loader, int maxPages) {
        Pages<T> pages = new Pages<>(first, loader, maxPages);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages,
                Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && next != null) {
            load(next);
        }
        return !ready.isEmpty();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.removeFirst();
    }

    private void load(URI uri) {
        if (!seen.add(uri)) {
            throw new MalformedContentException(
                    "cannot list " + uri.getPath() + ": the pages link to each other in a circle");
        }
        if (seen.size() > maxPages) {
            throw new LimitExceededException("cannot list " + uri.getPath()
                    + ": expected at most " + maxPages + " pages");
        }
        Page<T> page = loader.apply(uri);
        ready.addAll(page.items());
        next = page.next().orElse(null);
    }
}
