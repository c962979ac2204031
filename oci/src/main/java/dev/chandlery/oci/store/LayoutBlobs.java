package dev.chandlery.oci.store;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.VerifyingStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * The files {@code blobs/<algorithm>/<encoded>} of a layout, absent or whole. Links to files are followed, as
 * some programs make layouts of them and what is read is compared with its digest; other things that are no
 * files are as if they were not there.
 *
 * @param files below the layout's folder
 * @param name of the layout, for messages
 */
record LayoutBlobs(DurableFiles files, String name) implements LayoutContent {
    private static final int BUFFER_BYTES = 256 * 1024;

    @Override
    public boolean exists(Descriptor descriptor) {
        return size(descriptor.digest()).equals(OptionalLong.of(descriptor.size()));
    }

    @Override
    public OptionalLong size(Digest digest) {
        Path file = fileOf(digest);
        try {
            return Files.isRegularFile(file)
                    ? OptionalLong.of(Files.size(file))
                    : OptionalLong.empty();
        } catch (NoSuchFileException _) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw Failures.storage("look for " + digest + " in " + name, e);
        }
    }

    @Override
    public InputStream open(Descriptor descriptor) {
        Path file = fileOf(descriptor.digest());
        String what = descriptor.digest() + " of " + name;
        try {
            if (Files.isRegularFile(file)) {
                return new VerifyingStream(Files.newInputStream(file), descriptor, what);
            }
        } catch (NoSuchFileException _) {
            // Deleted just now: as if it had not been there before.
        } catch (IOException e) {
            throw Failures.storage("fetch " + what, e);
        }
        throw new ContentNotFoundException("cannot fetch " + descriptor.digest() + " from " + name
                + ": not found");
    }

    /** Stores content of any size, in the memory of one buffer. */
    void write(Descriptor expected, Content content, Source store) {
        String action = Admission.pushing(expected, store);
        Path file = create(action);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            copy(expected, content, channel, action);
            channel.force(true);
            files.commit(file, fileOf(expected.digest()));
        } catch (IOException e) {
            throw Failures.storage(action, e);
        } finally {
            DurableFiles.discard(file);
        }
    }

    /** Stores bytes that were compared with their digest before. */
    void write(Digest digest, Bytes bytes) {
        try {
            files.replace(fileOf(digest), bytes.toArray());
        } catch (IOException e) {
            throw Failures.storage("store " + digest + " in " + name, e);
        }
    }

    void delete(Digest digest) {
        try {
            Files.deleteIfExists(fileOf(digest));
        } catch (IOException e) {
            throw Failures.storage("delete " + digest + " from " + name, e);
        }
    }

    private Path create(String action) {
        try {
            return files.create();
        } catch (IOException e) {
            throw Failures.storage(action, e);
        }
    }

    private void copy(Descriptor expected, Content content, FileChannel to, String action)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = opened(expected, content, action)) {
            for (int n = read(in, buffer, content, action); n >= 0; n = read(in, buffer, content,
                    action)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
            }
        }
    }

    private InputStream opened(Descriptor expected, Content content, String action) {
        try {
            return new VerifyingStream(content.open(), expected, "content of " + expected.digest()
                    + " for " + name);
        } catch (IOException e) {
            throw Failures.reading(action, e, content.replayable());
        }
    }

    private static int read(InputStream in, byte[] buffer, Content content, String action) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw Failures.reading(action, e, content.replayable());
        }
    }

    private Path fileOf(Digest digest) {
        return files.root()
                .resolve("blobs")
                .resolve(digest.algorithm().label())
                .resolve(digest.encoded());
    }
}
