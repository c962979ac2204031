package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Peer;
import dev.chandlery.bench.peer.Site;
import dev.chandlery.bench.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The same content asked for again and again on many connections: by wrk where it is installed, since what
 * the client uses of the machine is missing to the server. Big content is read by our own client, which
 * has the larger buffers.
 *
 * @param target path and query
 */
public record Gets(String name, String what, String target, int connections, boolean big,
        Fixture fixture) implements Load {

    @Override
    public boolean suits(Peer.Skills skills) {
        return true;
    }

    @Override
    public void fill(Site site) throws IOException, InterruptedException {
        fixture.fill(site);
    }

    @Override
    public Work run(Site site, Duration time) throws IOException, InterruptedException {
        Optional<Wrk> wrk = big ? Optional.empty() : Wrk.find();
        return wrk.isPresent()
                ? wrk.get().get(site, Fixture.REPOSITORY, this, time)
                : new Crowd(connections).run(site, Fixture.REPOSITORY, time, connection -> {
                    Reply reply = connection.count(target);
                    reply.expect(200, "get " + target);
                    return reply.bodyBytes();
                });
    }
}
