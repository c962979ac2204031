package dev.chandlery.oci.store;

import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.tar.RandomReads;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An archive that is being written, at several places at once, and that no other process writes.
 *
 * <p><b>Concurrency:</b> safe. Files are opened as they are needed and stay open: closing any of them would
 * give up the lock on POSIX systems. They are no channels, which an interrupted thread would close for all.
 */
final class ArchiveFile implements Closeable {
    private final Path path;
    private final Queue<RandomAccessFile> all = new ConcurrentLinkedQueue<>();
    private final Queue<RandomAccessFile> idle = new ConcurrentLinkedQueue<>();

    private ArchiveFile(Path path) {
        this.path = path;
    }

    /**
     * Opens the file, which is made when it is absent, and locks it.
     *
     * @throws StorageException when another one holds the lock
     */
    static ArchiveFile open(Path path) throws IOException {
        ArchiveFile file = new ArchiveFile(path);
        try {
            file.lock();
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** To be read at any place, by one thread at a time; closing it does nothing to this. */
    RandomReads reads() {
        return new RandomReads() {
            @Override
            public int read(long position, byte[] buffer, int offset, int length)
                    throws IOException {
                return with(file -> {
                    file.seek(position);
                    return file.read(buffer, offset, length);
                });
            }

            @Override
            public long size() throws IOException {
                return with(RandomAccessFile::length);
            }

            @Override
            public void close() {
                // The files are shared.
            }
        };
    }

    void write(long position, byte[] bytes, int length) throws IOException {
        with(file -> {
            file.seek(position);
            file.write(bytes, 0, length);
            return length;
        });
    }

    /** Makes the file that long. */
    void resize(long size) throws IOException {
        with(file -> {
            file.setLength(size);
            return size;
        });
    }

    /** Waits until all is on the disk. */
    void sync() throws IOException {
        with(file -> {
            file.getFD().sync();
            return true;
        });
    }

    /** Gives up the lock, too. */
    @Override
    public void close() throws IOException {
        for (RandomAccessFile file : all) {
            file.close();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private void lock() throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        all.add(file);
        try {
            if (file.getChannel().tryLock() == null) {
                throw busy();
            }
        } catch (OverlappingFileLockException _) {
            throw busy();
        }
        idle.add(file);
    }

    private StorageException busy() {
        return new StorageException("cannot write " + path + ": another one is writing it");
    }

    private interface Use<T> {
        T with(RandomAccessFile file) throws IOException;
    }

    private <T> T with(Use<T> use) throws IOException {
        RandomAccessFile file = idle.poll();
        if (file == null) {
            file = new RandomAccessFile(path.toFile(), "rw");
            all.add(file);
        }
        try {
            return use.with(file);
        } finally {
            idle.add(file);
        }
    }
}
