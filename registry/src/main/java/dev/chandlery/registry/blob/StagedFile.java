package dev.chandlery.registry.blob;

import dev.chandlery.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A file below {@code uploads} that grows at its end. */
final class StagedFile implements StagedBlob {
    private final Path file;
    private final FileChannel channel;
    private final FileBlobStorage storage;
    private long size;

    private StagedFile(Path file, FileChannel channel, FileBlobStorage storage)
            throws IOException {
        this.file = file;
        this.channel = channel;
        this.storage = storage;
        this.size = channel.size();
    }

    static StagedFile open(Path file, boolean create, FileBlobStorage storage)
            throws IOException {
        Set<OpenOption> options = create
                ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE)
                : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(file, options);
        return new StagedFile(file, channel, storage);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void append(byte[] buffer, int length) {
        try {
            ByteBuffer source = ByteBuffer.wrap(buffer, 0, length);
            while (source.hasRemaining()) {
                channel.write(source, size + source.position());
            }
            size += length;
        } catch (IOException e) {
            cutBack(e);
            throw FileBlobStorage.failed("write upload", file, e);
        }
    }

    // A full disk may have taken a part of the buffer: the file must end where the hash state does.
    private void cutBack(IOException failure) {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void truncate(long kept) {
        try {
            channel.truncate(kept);
            size = kept;
        } catch (IOException e) {
            throw FileBlobStorage.failed("truncate upload", file, e);
        }
    }

    @Override
    public InputStream open() {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw FileBlobStorage.failed("read upload", file, e);
        }
    }

    @Override
    public void commit(Digest verified) {
        try {
            // The last chunk may be a day old; the content's age counts from now on.
            storage.refresh(file);
            channel.force(true);
        } catch (IOException e) {
            throw FileBlobStorage.failed("store upload", file, e);
        }
        storage.place(file, verified);
    }

    /** The file that was renamed and then deleted is still ours to read. */
    @Override
    public void secure(Digest verified) {
        if (storage.find(verified).isPresent()) {
            return;
        }
        try (FileChannel copy = FileChannel.open(file, StandardOpenOption.WRITE,
                StandardOpenOption.CREATE_NEW)) {
            for (long at = 0; at < size;) {
                at += channel.transferTo(at, size - at, copy);
            }
            storage.refresh(file);
            copy.force(true);
        } catch (IOException e) {
            throw FileBlobStorage.failed("store upload again", file, e);
        }
        storage.place(file, verified);
    }

    @Override
    public void discard() {
        FileBlobStorage.delete(file);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw FileBlobStorage.failed("close upload", file, e);
        }
    }
}
