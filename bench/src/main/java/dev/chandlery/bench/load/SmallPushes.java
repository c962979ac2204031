package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Content;
import dev.chandlery.bench.peer.Peer;
import dev.chandlery.bench.peer.Site;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Small images, each with a config, a layer and a tag of its own: five requests for each. */
public final class SmallPushes implements Load {
    private static final String REPOSITORY = "bench/small";
    private static final int CONNECTIONS = 16;
    private static final int LAYER_BYTES = 4096;

    @Override
    public String name() {
        return "small-push";
    }

    @Override
    public String what() {
        return "images of a config, a layer of 4 KiB and a tagged manifest, pushed on "
                + CONNECTIONS + " connections";
    }

    @Override
    public boolean suits(Peer.Skills skills) {
        return skills.pushes();
    }

    @Override
    public void fill(Site site) {
        // nothing is asked for
    }

    @Override
    public Work run(Site site, Duration time) throws IOException, InterruptedException {
        return new Crowd(CONNECTIONS).run(site, REPOSITORY, time, SmallPushes::push);
    }

    private static long push(Connection connection) throws IOException {
        long number = ThreadLocalRandom.current().nextLong() >>> 1;
        byte[] layer = new byte[LAYER_BYTES];
        ThreadLocalRandom.current().nextBytes(layer);
        byte[] config = ("{\"number\":" + number + "}").getBytes(StandardCharsets.UTF_8);
        Content.Blob layerBlob = Content.Blob.of(layer);
        Content.Blob configBlob = Content.Blob.of(config);
        Content.pushBlob(connection, REPOSITORY, configBlob.digest(), ByteBuffer.wrap(config));
        Content.pushBlob(connection, REPOSITORY, layerBlob.digest(), ByteBuffer.wrap(layer));
        byte[] manifest = Content.manifest(configBlob, layerBlob, "");
        Content.pushManifest(connection, REPOSITORY, "t" + number, manifest);
        return (long) config.length + layer.length + manifest.length;
    }
}
