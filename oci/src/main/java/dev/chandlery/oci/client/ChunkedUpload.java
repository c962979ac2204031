package dev.chandlery.oci.client;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.content.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends a blob in chunks. After each one the registry's own offset is compared with ours; after a break
 * it is asked for, and the content is read again from its start, hashed again, and sent from there.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pushing a blob in chunks, end-5.
 */
final class ChunkedUpload {
    private final UploadSession session;
    private final Descriptor blob;
    private final Content content;
    private final long chunkBytes;
    private final int attempts;
    private @Nullable InputStream in;
    private long position;

    ChunkedUpload(UploadSession session, Descriptor blob, Content content, long chunkBytes,
            int attempts) {
        this.session = session;
        this.blob = blob;
        this.content = VerifyingContent.of(blob, content);
        this.chunkBytes = chunkBytes;
        this.attempts = attempts;
    }

    /** Sends and commits. Progress is what was never reached before: a session may swing for ever. */
    void run() {
        long offset = 0;
        long furthest = 0;
        int breaksInRow = 0;
        boolean still = true;
        try {
            while (offset < blob.size()) {
                try {
                    long before = offset;
                    offset = sendChunk(before);
                    still = offset == before;
                    breaksInRow = offset > furthest ? 0 : breaksInRow + 1;
                    furthest = Math.max(furthest, offset);
                } catch (TransferException e) {
                    breaksInRow++;
                    offset = whereToResume(e, breaksInRow);
                }
                if (breaksInRow >= attempts) {
                    throw still ? dropped(offset) : stuck(offset);
                }
            }
        } finally {
            closeContent();
        }
        session.finish(blob);
    }

    private long sendChunk(long offset) {
        long length = Math.min(chunkBytes, blob.size() - offset);
        long reached = session.append(new Chunk(offset, length), offset, length);
        if (reached > offset + length) {
            throw stuck(reached);
        }
        return reached;
    }

    /** 404 and the like end this session; the push begins another one. */
    private long whereToResume(TransferException broken, int breaksInRow) {
        if (!content.replayable() || !broken.retryable() || breaksInRow >= attempts) {
            throw broken;
        }
        closeContent();
        OptionalLong offset = session.offset();
        if (offset.isEmpty() || offset.getAsLong() > blob.size()) {
            throw broken;
        }
        return offset.getAsLong();
    }

    /** Workaround(ECR): chunks after the first are dropped while the offset stands still. */
    private UnsupportedFeatureException dropped(long offset) {
        return new UnsupportedFeatureException("cannot push blob " + blob.digest()
                + " in chunks: the registry drops those after the first " + offset + " bytes");
    }

    /** A session that does not come forward is given up with a failure that names the way out. */
    private TransferException stuck(long offset) {
        return new TransferException("cannot push blob " + blob.digest()
                + ": the registry's upload session stands at " + offset + " of " + blob.size()
                + " bytes after a chunk was sent; push in one request (chunk size 0)", null,
                false);
    }

    /** The content from that offset on; hashed from its start in any case. */
    private InputStream at(long offset) {
        try {
            if (in != null && position == offset) {
                return in;
            }
            if (in != null && !content.replayable()) {
                throw stuck(offset);
            }
            closeContent();
            InputStream opened = content.open();
            in = opened;
            opened.skipNBytes(offset);
            position = offset;
            return opened;
        } catch (IOException e) {
            throw new StorageException(
                    "cannot push blob " + blob.digest() + ": cannot read the content", e);
        }
    }

    private void closeContent() {
        InputStream open = in;
        in = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Only read from: nothing is lost.
            }
        }
    }

    /** A piece of the content; opened again, it starts there again. */
    private final class Chunk implements Content {
        private final long offset;
        private final long length;

        Chunk(long offset, long length) {
            this.offset = offset;
            this.length = length;
        }

        @Override
        public InputStream open() {
            return new Slice(at(offset), length);
        }

        @Override
        public boolean replayable() {
            return content.replayable();
        }
    }

    /** The next bytes of a stream that goes on after them; closing it leaves that open. */
    private final class Slice extends FilterInputStream {
        private long left;

        Slice(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int n = in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, n);
            position += Math.max(0, n);
            return n;
        }

        @Override
        public void close() {
            // The next chunk reads on.
        }
    }
}
