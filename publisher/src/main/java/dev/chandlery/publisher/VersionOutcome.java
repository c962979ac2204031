package dev.chandlery.publisher;

import dev.chandlery.oci.Digest;
import java.util.List;
import java.util.Optional;

/**
 * How one version of one tool ended.
 *
 * @param tool its name
 * @param version its number
 * @param items its platforms, in the order of registry.yaml
 * @param index digest that the version's tag names now; empty when it was not moved or there is none
 * @param failure why the tags could not be moved, though items were published
 */
public record VersionOutcome(String tool, String version, List<ItemOutcome> items,
        Optional<Digest> index, Optional<RuntimeException> failure) {

    public VersionOutcome {
        items = List.copyOf(items);
    }

    /** Number of items of one kind. */
    public <T extends ItemOutcome> List<T> all(Class<T> kind) {
        return items.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
