package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Content;
import dev.chandlery.bench.peer.Peer;
import dev.chandlery.bench.peer.Site;
import dev.chandlery.bench.process.Tool;
import dev.chandlery.bench.wire.Connection;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Blobs of 64 MiB pushed on four connections, each another: the last bytes differ, so that the client
 * hashes only those.
 */
public final class BlobPuts implements Load {
    private static final String REPOSITORY = "bench/write";
    private static final int CONNECTIONS = 4;
    private static final int TAIL_BYTES = 16;
    private static final int SAME_BYTES = Image.LAYER_BYTES - TAIL_BYTES;

    private final String name;
    private final Push push;
    private final ByteBuffer same = ByteBuffer.allocateDirect(SAME_BYTES);
    private final MessageDigest sameHash = Algorithm.SHA256.newMessageDigest();

    /** How a blob is sent. */
    @FunctionalInterface
    public interface Push {
        void push(Connection connection, String repository, String digest, ByteBuffer... content)
                throws IOException;
    }

    /** To a registry: POST, then PUT. */
    public BlobPuts() {
        this("blob-put", Content::pushBlob);
    }

    /** To anything. */
    public BlobPuts(String name, Push push) {
        this.name = name;
        this.push = push;
        byte[] bytes = new byte[SAME_BYTES];
        new Random(SAME_BYTES).nextBytes(bytes);
        same.put(bytes).flip();
        sameHash.update(bytes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String what() {
        return "64 MiB blobs, each new, pushed on " + CONNECTIONS + " connections";
    }

    @Override
    public boolean suits(Peer.Skills skills) {
        return skills.pushes();
    }

    @Override
    public void fill(Site site) {
        // nothing is asked for
    }

    /** What the last server left to the disk is written out first: it is not the next one's work. */
    @Override
    public Work run(Site site, Duration time) throws IOException, InterruptedException {
        Optional<Tool> sync = Tool.find("sync");
        if (sync.isPresent()) {
            sync.get().run();
        }
        return new Crowd(CONNECTIONS).run(site, REPOSITORY, time, connection -> {
            byte[] tail = new byte[TAIL_BYTES];
            ThreadLocalRandom.current().nextBytes(tail);
            push.push(connection, REPOSITORY, digest(tail), same.duplicate(), ByteBuffer.wrap(
                    tail));
            return Image.LAYER_BYTES;
        });
    }

    private String digest(byte[] tail) {
        try {
            MessageDigest hash = (MessageDigest) sameHash.clone();
            hash.update(tail);
            return Digest.of(Algorithm.SHA256, hash).toString();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }
}
