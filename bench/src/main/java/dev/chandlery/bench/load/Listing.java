package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Content;
import dev.chandlery.bench.peer.Peer;
import dev.chandlery.bench.peer.Site;
import dev.chandlery.bench.wire.Connection;
import dev.chandlery.bench.wire.Reply;
import java.io.IOException;
import java.time.Duration;

/** A list read by one client to its end, over as many pages as the server makes of it. */
abstract class Listing implements Load, ManyManifests.Source {
    private static final int MAX_PAGES = 1000;

    abstract String repository();

    abstract String target();

    /** How many elements it must have. */
    abstract int size();

    /** What stands before each element of the answer. */
    abstract String mark();

    /** The whole list, for a server that serves files. */
    abstract byte[] whole();

    @Override
    public boolean suits(Peer.Skills skills) {
        return true;
    }

    @Override
    public void fill(Site site) throws IOException, InterruptedException {
        if (!site.peer().skills().pushes()) {
            Content.place(site, target(), whole());
            return;
        }
        try (Connection connection = site.connect(repository())) {
            if (connection.count("/v2/" + repository() + "/manifests/" + name(size() - 1))
                    .status() == 200) {
                return;
            }
        }
        new ManyManifests(repository(), size()).push(site, this);
    }

    @Override
    public Work run(Site site, Duration time) throws IOException, InterruptedException {
        try (Connection connection = site.connect(repository())) {
            check(connection);
        }
        return new Crowd(1).run(site, repository(), time, this::read);
    }

    private long read(Connection connection) throws IOException {
        long bytes = 0;
        String next = target();
        for (int page = 0; page < MAX_PAGES && !next.isEmpty(); page++) {
            Reply reply = connection.count(next);
            reply.expect(200, "list " + next);
            bytes += reply.bodyBytes();
            next = nextOf(reply);
        }
        return bytes;
    }

    private void check(Connection connection) throws IOException {
        int found = 0;
        String next = target();
        for (int page = 0; page < MAX_PAGES && !next.isEmpty(); page++) {
            Reply reply = connection.get(next).expect(200, "list " + next);
            found += reply.text().split(mark(), -1).length - 1;
            next = nextOf(reply);
        }
        if (found != size()) {
            throw new IOException("cannot list " + target() + ": expected " + size()
                    + " elements, got " + found);
        }
    }

    private static String nextOf(Reply reply) {
        String link = reply.header("link").orElse("");
        return link.contains("rel=\"next\"")
                ? link.substring(link.indexOf('<') + 1, link.indexOf('>'))
                        .replaceFirst(
                                "^https?://[^/]*", "")
                : "";
    }
}
