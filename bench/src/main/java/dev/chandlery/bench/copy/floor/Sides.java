package dev.chandlery.bench.copy.floor;

import dev.chandlery.bench.wire.Address;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Kept connections of one worker to both registries, made when they are needed. Used by one thread. */
final class Sides implements AutoCloseable {
    private final Address source;
    private final Address target;
    private @Nullable Connection fetching;
    private @Nullable Connection pushing;

    Sides(Address source, Address target) {
        this.source = source;
        this.target = target;
    }

    Connection source() throws IOException {
        if (fetching == null) {
            fetching = Connection.open(source, "");
        }
        return fetching;
    }

    Connection target() throws IOException {
        if (pushing == null) {
            pushing = Connection.open(target, "");
        }
        return pushing;
    }

    @Override
    public void close() throws IOException {
        if (fetching != null) {
            fetching.close();
        }
        if (pushing != null) {
            pushing.close();
        }
    }
}
