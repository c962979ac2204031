package dev.chandlery.bench.copy.client;

import dev.chandlery.bench.copy.stock.Item.Document;
import dev.chandlery.bench.copy.stock.Stock;
import dev.chandlery.bench.wire.Address;
import java.util.Optional;

/**
 * What is to be copied.
 *
 * @param state what the target has already
 * @param changed the root that is new under its tag, when {@code state} is {@link State#ONE_CHANGED}
 */
public record CopyTask(Stock stock, Address source, Address target, State state,
        Optional<Document> changed) {

    /** What the target has already. */
    public enum State {
        EMPTY("empty target"), SAME("nothing to do"), ONE_CHANGED("one tag changed");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** For tables. */
        public String words() {
            return words;
        }
    }
}
