package dev.chandlery.oci.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a list as its registry wants it, and doubts the list's end. Pages that are too large for a
 * registry are asked for in a smaller size, and then from the start in all lists of the connection. Some registries cut it at their own limit and link to no next page, so a page of
 * a suspiciously round size is followed by a question for what comes after its last name. Not thread-safe.
 */
final class ListEnd<T> {
    private static final int ROUND = 50;

    private final URI list;
    private final RegistryTraits traits;
    private int pageSize;
    private final Set<T> before = new HashSet<>();
    private @Nullable URI asked;

    /** @param list without a query */
    ListEnd(URI list, RegistryConnection connection) {
        this.list = list;
        this.traits = connection.traits();
        this.pageSize = traits.pageSize(connection.options().limits().pageSize());
    }

    /** The first page, with its size in the query. */
    URI first() {
        return URI.create(list + "?n=" + pageSize);
    }

    /** The first page in a smaller size, when that may be what the registry wants; to be asked for next. */
    Optional<Page<T>> smaller(URI uri, int status) {
        boolean mayBeTooLarge = status == 400 || status == 413 || status == 416 || status == 422;
        if (!mayBeTooLarge || pageSize <= RegistryTraits.MODEST_PAGE || !uri.equals(first())) {
            return Optional.empty();
        }
        traits.refusesPage();
        pageSize = RegistryTraits.MODEST_PAGE;
        return Optional.of(new Page<>(List.of(), Optional.of(first())));
    }

    /** Whether the registry does not know the question, which was only ours: that is the end then. */
    boolean isRefused(URI uri, int status) {
        return uri.equals(asked) && (status == 400 || status == 404 || status == 405
                || status == 416);
    }

    /** The page; empty where the registry passed over the question, or with a question behind it. */
    Page<T> checked(URI uri, Page<T> page) {
        List<T> items = page.items();
        if (uri.equals(asked) && !items.isEmpty() && before.contains(items.getFirst())) {
            return new Page<>(List.of(), Optional.empty());
        }
        if (page.next().isPresent() || items.isEmpty()
                || (items.size() != pageSize && items.size() % ROUND != 0)) {
            return page;
        }
        before.clear();
        before.addAll(items);
        asked = URI.create(first() + "&last=" + URLEncoder.encode(String.valueOf(items.getLast()),
                StandardCharsets.UTF_8));
        return new Page<>(items, Optional.of(asked));
    }
}
