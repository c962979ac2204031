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
import java.util.function.Function;

/** A file below {@code uploads} that grows at its end. */
final class StagedFile implements StagedBlob {
    private final Path file;
    private final FileChannel channel;
    private final Function<Digest, Path> places;
    private long size;

    private StagedFile(Path file, FileChannel channel, Function<Digest, Path> places)
            throws IOException {
        this.file = file;
        this.channel = channel;
        this.places = places;
        this.size = channel.size();
    }

    static StagedFile open(Path file, boolean create, Function<Digest, Path> places)
            throws IOException {
        Set<OpenOption> options = create
                ? Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE)
                : Set.of(StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(file, options);
        return new StagedFile(file, channel, places);
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
        Path place = places.apply(verified);
        try {
            channel.force(true);
            channel.close();
            Path folder = place.getParent();
            if (folder != null) {
                DurableFiles.makeFolders(folder);
            }
            DurableFiles.rename(file, place);
        } catch (IOException e) {
            throw FileBlobStorage.failed("store", place, e);
        }
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
