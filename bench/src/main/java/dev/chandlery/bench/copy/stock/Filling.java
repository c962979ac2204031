package dev.chandlery.bench.copy.stock;

import dev.chandlery.bench.copy.stock.Item.Blob;
import dev.chandlery.bench.copy.stock.Item.Document;
import dev.chandlery.bench.peer.Content;
import dev.chandlery.bench.wire.Address;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Puts stock into a registry, and looks whether it arrived in another. */
public final class Filling implements AutoCloseable {
    private final Connection connection;
    private final Set<String> done = new HashSet<>();

    public Filling(Address registry) throws IOException {
        this.connection = Connection.open(registry, "");
    }

    /** Puts it there with all its parts. */
    public void put(Item item) throws IOException {
        switch (item) {
            case Blob blob -> {
                if (done.add(blob.key())) {
                    Content.pushBlob(connection, blob.repository(), blob.digest(), blob.bytes()
                            .get());
                }
            }
            case Document document -> {
                for (Item part : document.parts()) {
                    put(part);
                }
                // A tag can be moved back and forth.
                if (done.add(document.key()) || document.tag().isPresent()) {
                    connection.send("PUT", path(document), document.type(), ByteBuffer.wrap(
                            document.bytes())).expect(201, "push manifest");
                }
            }
        }
    }

    /** Fails unless it is there under its name, with the very bytes. */
    public void check(Document document) throws IOException {
        byte[] there = connection.get(path(document)).expect(200, "find " + path(document)).body();
        if (!Arrays.equals(there, document.bytes())) {
            throw new IOException(path(document) + " differs: expected " + document.digest()
                    + ", got " + Content.digest(there));
        }
    }

    private static String path(Document document) {
        return "/v2/" + document.repository() + "/manifests/" + document.name();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
