package dev.chandlery.bench.publish.floor;

import dev.chandlery.bench.wire.Address;
import dev.chandlery.bench.wire.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Downloads all files, and drops what comes. */
public final class DownloadFloor {
    private final Address site;
    private final List<String> paths;

    /** @param paths at the web site, which redirects to storage */
    public DownloadFloor(Address site, List<String> paths) {
        this.site = site;
        this.paths = List.copyOf(paths);
    }

    /** Does it on so many connections. */
    public void run(int connections) throws IOException, InterruptedException {
        new Lanes(connections).all(paths, (sockets, path) -> {
            Reply redirect = sockets.to(site).count(path).expect(302, "download " + path);
            URI storage = URI.create(redirect.header("location").orElseThrow());
            sockets.to(new Address(storage.getPort()))
                    .count(storage.getRawPath() + "?" + storage.getRawQuery())
                    .expect(200, "download " + path);
        });
    }
}
