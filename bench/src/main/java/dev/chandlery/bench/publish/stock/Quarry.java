package dev.chandlery.bench.publish.stock;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Bytes of real programs, of this JVM's own: machine code and classes are compressed as tools are, and as fast,
 * which noise is not.
 */
final class Quarry {
    private static final int PIECE_BYTES = 256 * 1024;
    private static final long LEAST_BYTES = 4L * 1024 * 1024;

    private final List<MappedByteBuffer> files = new ArrayList<>();

    /** Opens the libraries of this JVM. */
    Quarry() throws IOException {
        Path home = Path.of(System.getProperty("java.home"), "lib");
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Quarry::isWanted).sorted().toList()) {
                try (FileChannel channel = FileChannel.open(file)) {
                    files.add(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
                }
            }
        }
        if (files.isEmpty()) {
            throw new IOException("cannot find libraries in " + home);
        }
    }

    private static boolean isWanted(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) >= LEAST_BYTES && (file.endsWith(
                    "modules") || file.toString().endsWith(".so"));
        } catch (IOException _) {
            return false;
        }
    }

    /** Writes so many bytes, the same for the same seed. */
    void write(long seed, long size, OutputStream out) throws IOException {
        Random random = new Random(seed);
        WritableByteChannel channel = Channels.newChannel(out);
        for (long left = size; left > 0;) {
            MappedByteBuffer file = files.get(random.nextInt(files.size()));
            int length = (int) Math.min(left, PIECE_BYTES);
            channel.write(file.slice(random.nextInt(file.capacity() - PIECE_BYTES), length));
            left -= length;
        }
    }
}
