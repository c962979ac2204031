package dev.chandlery.bench.publish.floor;

import dev.chandlery.bench.wire.Address;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Uploads all that is published, by as few requests as registries allow. */
public final class UploadFloor {
    private final Address registry;
    private final Published published;

    public UploadFloor(Address registry, Published published) {
        this.registry = registry;
        this.published = published;
    }

    /** Does it on so many connections, children first. */
    public void run(int connections) throws IOException, InterruptedException {
        Lanes lanes = new Lanes(connections);
        lanes.all(published.blobs(), (sockets, blob) -> push(sockets.to(registry), blob));
        for (int level = 0; level <= 2; level++) {
            int now = level;
            List<Published.Put> puts = published.manifests()
                    .stream()
                    .filter(put -> put.level() == now)
                    .toList();
            lanes.all(puts, (sockets, put) -> sockets.to(registry)
                    .send("PUT", "/v2/" + put.repository() + "/manifests/" + put.name(), put.type(),
                            ByteBuffer.wrap(put.body().getBytes(StandardCharsets.UTF_8)))
                    .expect(201, "push " + put.name()));
        }
    }

    private static void push(Connection connection, Published.Blob blob) throws IOException {
        String session = connection.send("POST", "/v2/" + blob.repository() + "/blobs/uploads/",
                "application/octet-stream").expect(202, "begin upload").location();
        try (FileChannel file = FileChannel.open(blob.file())) {
            connection.send("PUT", session + (session.contains("?") ? "&" : "?") + "digest=" + blob
                    .digest(), "application/octet-stream", file.map(FileChannel.MapMode.READ_ONLY,
                            0, blob.size())).expect(201, "push " + blob.digest());
        }
    }
}
