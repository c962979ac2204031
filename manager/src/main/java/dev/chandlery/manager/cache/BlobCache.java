package dev.chandlery.manager.cache;

import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.content.Fetcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Blobs by digest in {@code blobs/ALGORITHM/HASH} of the cache folder. A blob is hashed each time it is taken
 * out; one that is damaged is dropped and fetched again. Using one counts as its last use for
 * {@link CacheCleaner}.
 *
 * <p><b>Concurrency:</b> any number of processes may use a folder: blobs come by one rename, and a file that
 * is open stays readable when another process drops it.
 */
public final class BlobCache {
    static final String BLOBS = "blobs";
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicLong hitBytes = new AtomicLong();
    private final AtomicLong missBytes = new AtomicLong();

    /** @param folder made when something is stored */
    public BlobCache(Path folder) {
        this.folder = folder;
    }

    /** Blobs that were found. */
    public long hits() {
        return hits.get();
    }

    /** Blobs that had to be fetched. */
    public long misses() {
        return misses.get();
    }

    /** Bytes of blobs that were found. */
    public long hitBytes() {
        return hitBytes.get();
    }

    /** Bytes of blobs that had to be fetched. */
    public long missBytes() {
        return missBytes.get();
    }

    /**
     * The blob, from the cache or else through it; positioned at its first byte, all of it verified.
     *
     * @param source asked when the blob is not there
     * @param progress takes the number of bytes that were fetched since the last call
     * @return to be closed by the caller
     */
    public InputStream open(Descriptor blob, Fetcher source, LongConsumer progress) {
        Path file = file(blob);
        Optional<InputStream> cached = openVerified(file, blob);
        if (cached.isPresent()) {
            hits.incrementAndGet();
            hitBytes.addAndGet(blob.size());
            return cached.get();
        }
        misses.incrementAndGet();
        missBytes.addAndGet(blob.size());
        store(blob, source, file, progress);
        return openVerified(file, blob).orElseThrow(() -> new StorageException(
                "cannot read " + file + ": it is gone or damaged right after it was written"));
    }

    private Path file(Descriptor blob) {
        Digest digest = blob.digest();
        return folder.resolve(BLOBS).resolve(digest.algorithm().label()).resolve(digest.encoded());
    }

    private static Optional<InputStream> openVerified(Path file, Descriptor blob) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                if (matches(channel, blob)) {
                    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                    return Optional.of(Channels.newInputStream(channel.position(
                            0)));
                }
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
            Files.deleteIfExists(file);
            return Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e, e);
        }
    }

    /** Of the file that is open, whatever becomes of its name. */
    private static boolean matches(FileChannel channel, Descriptor blob)
            throws IOException {
        if (channel.size() != blob.size()) {
            return false;
        }
        var hash = blob.digest().algorithm().newMessageDigest();
        var buffer = ByteBuffer.allocate(BUFFER);
        while (channel.read(buffer.clear()) >= 0) {
            hash.update(buffer.flip());
        }
        return Digest.of(blob.digest().algorithm(), hash).equals(blob.digest());
    }

    private void store(Descriptor blob, Fetcher source, Path file, LongConsumer progress) {
        try (WorkFolder room = WorkFolder.open(folder.resolve("work"))) {
            Path fresh = room.newFolder().resolve("blob");
            copy(blob, source, fresh, progress);
            try {
                Files.createDirectories(file.getParent());
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new StorageException("cannot keep blob " + blob.digest() + " in " + folder
                        + ": " + e, e);
            }
        }
    }

    /** Reading compares size and digest, and fails at the end of the stream at the latest. */
    private static void copy(Descriptor blob, Fetcher source, Path fresh, LongConsumer progress) {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (InputStream in = source.fetch(blob); OutputStream out = Files.newOutputStream(fresh)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                progress.accept(n);
                size += n;
            }
        } catch (IOException e) {
            throw new TransferException("cannot fetch blob " + blob.digest() + ": " + e, e, true);
        }
        if (size != blob.size()) {
            throw new ContentMismatchException("blob " + blob.digest(), blob.size() + " bytes", size
                    + " bytes");
        }
    }
}
