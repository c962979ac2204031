package dev.chandlery.bench.copy.stock;

import dev.chandlery.bench.copy.stock.Item.Document;
import java.util.List;
import java.util.function.IntFunction;

/**
 * All that a source registry holds.
 *
 * @param name one word
 * @param what in a few words
 * @param prefix of the names of all its repositories, ending before a slash
 * @param roots all that has a tag
 * @param change the first root with new content under the same tag, by a number
 */
public record Stock(String name, String what, String prefix, List<Document> roots,
        IntFunction<Document> change) {

    public Stock {
        roots = List.copyOf(roots);
    }

    /** Names of its repositories, in order. */
    public List<String> repositories() {
        return roots.stream().map(Document::repository).distinct().toList();
    }
}
