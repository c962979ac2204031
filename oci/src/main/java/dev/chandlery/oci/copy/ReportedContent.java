package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Target;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that tells a listener, not too often, how many of its bytes were read. */
record ReportedContent(Content content, Descriptor node, Target target, CopyListener listener)
        implements
        Content {
    private static final long STEP_BYTES = 1L << 20;

    @Override
    public InputStream open() throws IOException {
        return new Counted(content.open());
    }

    @Override
    public boolean replayable() {
        return content.replayable();
    }

    @Override
    public boolean verifies(Descriptor expected) {
        return content.verifies(expected);
    }

    private final class Counted extends FilterInputStream {
        private long unreported;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = in.read(buffer, offset, length);
            unreported += Math.max(n, 0);
            if (unreported >= STEP_BYTES || n < 0) {
                report();
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            report();
            super.close();
        }

        private void report() {
            if (unreported > 0) {
                listener.on(new CopyEvent.Progress(node, target, unreported));
                unreported = 0;
            }
        }
    }
}
